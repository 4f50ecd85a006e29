@NullMarked
package dcluster.app.member;

import org.jspecify.annotations.NullMarked;
