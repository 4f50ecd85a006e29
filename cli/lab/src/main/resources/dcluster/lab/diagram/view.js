// What a run is, and which part of it is shown.

const messages = data.messages.map(([sent, ended, from, to, kind, number, fate, marks, text]) =>
  ({ sent, ended, from, to, kind, number, fate, isRepeated: (marks & 1) > 0, isDelayed: (marks & 2) > 0, text }));
const roles = data.roles.map(([at, node, word, text]) => ({ at, node, word, text }));
const events = data.events.map(([at, node, kind, text]) => ({ at, node, kind, text }));
const faults = data.faults.map(([from, to, kind, text, target, cuts]) => ({
  from, to: to < 0 ? data.end : to, kind, text, target, isOpen: to < 0,
  cuts: cuts === '' ? [] : cuts.split(' ').map(cut => cut.split('->')),
}));
const operations = data.operations.map(([from, to, client, outcome, node, text]) =>
  ({ from, to: to < 0 ? data.end : to, isOpen: to < 0, client, outcome, node, text }));

// --- filters

const shown = {
  nodes: new Set(data.nodes.map((_, i) => i)),
  kinds: new Set(data.kinds.map((_, i) => i)),
  layers: new Set(['delivered', 'lost', 'notes', 'faults', 'clients']),
};

const isLost = message => message.fate === 'lost' || message.fate === 'cut' || message.fate === 'unheard';

const isShown = message => shown.kinds.has(message.kind) && shown.nodes.has(message.from) && shown.nodes.has(message.to)
  && shown.layers.has(isLost(message) ? 'lost' : 'delivered');

// --- the axis: places are nanoseconds, or the number of the event that is nearest

const moments = (() => {
  const all = new Set([0, data.end]);
  for (const message of messages) { all.add(message.sent); if (message.ended >= 0) all.add(message.ended); }
  for (const one of [...roles, ...events]) all.add(one.at);
  for (const one of [...faults, ...operations]) { all.add(one.from); all.add(one.to); }
  return Float64Array.from(all).sort();
})();

let isByTime = false;
let domain = [0, 1];

/** How many of the moments lie before that one. */
function rank(at) {
  let least = 0;
  let most = moments.length;
  while (least < most) {
    const middle = (least + most) >> 1;
    if (moments[middle] < at) least = middle + 1;
    else most = middle;
  }
  return least;
}

const place = at => isByTime ? at : rank(at);

/** The moment at a place. */
function moment(value) {
  if (isByTime) return value;
  const low = Math.min(moments.length - 1, Math.max(0, Math.floor(value)));
  const high = Math.min(moments.length - 1, low + 1);
  return moments[low] + (value - low) * (moments[high] - moments[low]);
}

function whole() {
  const last = isByTime ? data.end : moments.length - 1;
  const margin = (last || 1) * 0.02;
  return [-margin, last + margin];
}

/** The violation, and about as much of what was before as can be read. */
function around() {
  const [first, last] = whole();
  const end = data.violation ? place(data.violation.at) : last;
  const span = isByTime ? moment_span(end) : 90;
  return [Math.max(first, end - span), Math.min(last, end + span * 0.08)];
}

const moment_span = end => Math.max(1e6, end - moments[Math.max(0, rank(end) - 90)]);

/** Moves to another part, if there is something to see. */
function move(from, to) {
  const [first, last] = whole();
  const least = isByTime ? 2000 : 4;
  if (to - from < least || to < first || from > last) return false;
  domain = to - from >= last - first ? [first, last] : [from, to];
  return true;
}

/** By a factor, about the place that lies at a share of the width. */
function zoom(factor, share = 0.5) {
  const span = domain[1] - domain[0];
  const fixed = domain[0] + share * span;
  return move(fixed - share * span * factor, fixed + (1 - share) * span * factor);
}

function pan(share) {
  const by = share * (domain[1] - domain[0]);
  return move(domain[0] + by, domain[1] + by);
}

/** Keeps what is in the middle there. */
function measureBy(time) {
  const [from, to] = domain.map(value => moment(value));
  isByTime = time;
  if (!move(place(from), place(to))) domain = around();
}

function time(nanos, step = 1) {
  const digits = step >= 1e9 ? 0 : step >= 1e6 ? 3 : step >= 1e3 ? 6 : 9;
  return (nanos / 1e9).toFixed(digits) + ' s';
}
