// The drawing: faults above, a lane for each node, clients below; time to the right.

const GUTTER = 96;
const AXIS = 24;
const BAND = 17;
const BAR = 18;
const ROW = 20;
const FEW = 2500; // messages that are drawn with heads

const chart = byId('chart');
let colours = null;
let width = 800;
let targets = []; // what can be pointed at: in the order of the drawing, the last is on top
let rows = null;
let written = []; // where kinds of messages are written

function colour(name) {
  colours ??= getComputedStyle(document.documentElement);
  return colours.getPropertyValue('--' + name).trim();
}

const x = value => GUTTER + (value - domain[0]) / (domain[1] - domain[0]) * (width - GUTTER);
const at = nanos => x(place(nanos));

/** One below the other where they overlap, whatever part is shown. */
function stacked(all, key) {
  const ends = [];
  const found = new Map();
  for (const one of all) {
    let row = found.get(key(one));
    if (row === undefined) {
      row = ends.findIndex(end => end < one.from);
      if (row < 0) row = ends.length;
      found.set(key(one), row);
    }
    ends[row] = Math.max(ends[row] ?? 0, one.lasts ?? one.to);
  }
  return { row: one => found.get(key(one)), count: ends.length };
}

/** A client's row is its own until it asks no more; whom it turns into, when it gives up, goes on there. */
function clientRows() {
  const lasts = new Map();
  for (const one of operations) lasts.set(one.client, Math.max(lasts.get(one.client) ?? 0, one.isOpen ? one.from : one.to));
  const found = stacked(operations.map(one => ({ ...one, lasts: lasts.get(one.client) })), one => one.client);
  const last = [];
  for (const one of operations) {
    if (last[found.row(one)]) last[found.row(one)].next = one.from;
    last[found.row(one)] = one;
  }
  return found;
}

function layout() {
  rows ??= { faults: stacked(faults, one => one), clients: clientRows() };
  const above = AXIS + (shown.layers.has('faults') ? rows.faults.count * BAND + 6 : 0);
  const below = shown.layers.has('clients') ? rows.clients.count * ROW + 14 : 0;
  const room = Math.max(0, window.innerHeight - 290 - above - below);
  const lane = Math.max(64, Math.min(130, room / data.nodes.length));
  return { above, lane, clients: above + lane * data.nodes.length + 10, height: above + lane * data.nodes.length + below + AXIS };
}

function paint() {
  width = Math.max(480, chart.clientWidth);
  const frame = layout();
  frame.y = node => frame.above + (node + 0.5) * frame.lane;
  const pen = sized(chart, frame.height);
  targets = [];
  written = [];
  ground(pen, frame);
  clip(pen, frame, () => {
    bands(pen, frame);
    arrows(pen, frame);
    lanes(pen, frame);
    notes(pen, frame);
    clients(pen, frame);
    violation(pen, frame);
  });
  names(pen, frame);
}

function sized(canvas, height) {
  const ratio = window.devicePixelRatio || 1;
  canvas.style.height = height + 'px';
  canvas.width = Math.round(canvas.clientWidth * ratio);
  canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext('2d');
  pen.scale(ratio, ratio);
  pen.font = '11.5px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace';
  pen.textBaseline = 'middle';
  return pen;
}

function clip(pen, frame, draw) {
  pen.save();
  pen.beginPath();
  pen.rect(GUTTER, 0, width - GUTTER, frame.height);
  pen.clip();
  draw();
  pen.restore();
}

/** A text that is left out where it has no room; what begins left of the plot is written at its edge. */
function label(pen, text, from, to, y, ink) {
  const left = Math.max(from, GUTTER) + 5;
  const room = Math.min(to, width) - left - 4;
  if (room < 24) return;
  let fitting = text;
  if (pen.measureText(text).width > room) {
    fitting = text.slice(0, Math.max(0, Math.floor(room / 7) - 1)) + '\u2026';
    if (fitting.length < 4) return;
  }
  pen.fillStyle = ink;
  pen.fillText(fitting, left, y);
}

function box(from, to, y, height, tip) {
  targets.push({ distance: (px, py) => px >= from && px <= to && Math.abs(py - y) <= height / 2 ? 0 : Infinity, tip });
}

// --- the ground

function ground(pen, frame) {
  pen.clearRect(0, 0, width, frame.height);
  pen.textAlign = 'center';
  for (const [value, text] of ticks()) {
    pen.strokeStyle = colour('grid');
    line(pen, x(value), AXIS - 4, x(value), frame.height - AXIS + 6);
    pen.fillStyle = colour('faint');
    pen.fillText(text, x(value), 10);
  }
  pen.textAlign = 'left';
}

function line(pen, x1, y1, x2, y2) {
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.lineTo(x2, y2);
  pen.stroke();
}

function ticks() {
  const rough = (domain[1] - domain[0]) / Math.max(2, Math.floor(width / 130));
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, power * [1, 2, 5, 10].find(one => power * one >= rough));
  const found = [];
  for (let value = Math.ceil(Math.max(0, domain[0]) / step) * step; value <= domain[1]; value += step) {
    if (!isByTime && value >= moments.length) break;
    if (x(value) > GUTTER + 30 && x(value) < width - 40) found.push([value, time(moment(value), isByTime ? step : 1e3)]);
  }
  return found;
}

function names(pen, frame) {
  data.nodes.forEach((name, i) => {
    pen.fillStyle = colour(shown.nodes.has(i) ? 'text' : 'faint');
    pen.font = '600 13px system-ui, "DejaVu Sans", sans-serif';
    pen.fillText(name.length > 11 ? name.slice(0, 10) + '\u2026' : name, 6, frame.y(i));
  });
  pen.font = '12px system-ui, "DejaVu Sans", sans-serif';
  pen.fillStyle = colour('faint');
  if (shown.layers.has('faults') && faults.length > 0) pen.fillText('faults', 6, AXIS + BAND / 2);
  if (shown.layers.has('clients') && operations.length > 0) pen.fillText('clients', 6, frame.clients + ROW / 2);
}

// --- faults

function bands(pen, frame) {
  if (!shown.layers.has('faults')) return;
  for (const fault of faults) {
    const from = at(fault.from);
    const to = Math.max(at(fault.to), from + 3);
    if (to < GUTTER || from > width) continue;
    const y = AXIS + rows.faults.row(fault) * BAND + BAND / 2;
    const tip = `${fault.text}\nstrikes ${fault.target}${fault.cuts.length ? '\ncut: ' + fault.cuts.map(cut => cut.join('\u2192')).join(' ') : ''}`
      + `\n${time(fault.from)} to ${fault.isOpen ? 'the end' : time(fault.to)}`;
    pen.fillStyle = colour('band');
    pen.globalAlpha = 0.6;
    struck(fault).forEach(node => pen.fillRect(from, frame.y(node) - frame.lane / 2 + 1, to - from, frame.lane - 2));
    pen.globalAlpha = 1;
    pen.fillRect(from, y - BAND / 2 + 1, to - from, BAND - 2);
    pen.fillStyle = colour('band-edge');
    pen.fillRect(from, y - BAND / 2 + 1, 3, BAND - 2);
    const next = faults.filter(one => one.from > fault.from && rows.faults.row(one) === rows.faults.row(fault))
      .reduce((least, one) => Math.min(least, one.from), Infinity);
    label(pen, fault.text, from, next === Infinity ? width : at(next), y, colour('text'));
    box(from, to, y, BAND, tip);
  }
}

/** The nodes on whose lanes a fault lies: of a partition those that do not hear all; what strikes all lies on none. */
function struck(fault) {
  const node = data.nodes.indexOf(fault.target);
  if (node >= 0) return [node];
  const deaf = new Set(fault.cuts.map(cut => data.nodes.indexOf(cut[1])));
  return [...deaf];
}

// --- lanes

const roleColour = word => {
  const known = { leader: 'leader', follower: 'follower', candidate: 'candidate', 'pre-candidate': 'candidate' }[word];
  if (known) return known;
  return 'role-' + (1 + [...new Set(roles.map(role => role.word))].sort().indexOf(word) % 3);
};

/** What a node is over time: pieces, each with a role, or down, or paused. */
const pieces = data.nodes.map((_, node) => {
  const changes = [...roles.filter(one => one.node === node), ...events.filter(one => one.node === node)]
    .map((one, i) => ({ ...one, i })).sort((a, b) => a.at - b.at || a.i - b.i);
  const found = [];
  let role = null;
  let life = 'down';
  const begin = from => {
    const last = found[found.length - 1];
    if (last) last.to = from;
    found.push({ from, to: data.end, life, role });
  };
  for (const change of changes) {
    if (change.word) role = change;
    else if (change.kind === 'started') { life = 'up'; role = null; }
    else if (change.kind === 'crashed') life = 'down';
    else if (change.kind === 'paused') life = 'paused';
    else if (change.kind === 'resumed') life = 'up';
    else continue;
    begin(change.at);
  }
  return found;
});

function lanes(pen, frame) {
  data.nodes.forEach((name, node) => {
    const y = frame.y(node);
    pen.globalAlpha = shown.nodes.has(node) ? 1 : 0.3;
    pen.strokeStyle = colour('line');
    line(pen, GUTTER, y, width, y);
    for (const piece of pieces[node]) {
      const from = at(piece.from);
      const to = at(piece.to);
      if (to >= GUTTER && from <= width) lanePiece(pen, name, piece, from, to, y);
    }
    pen.globalAlpha = 1;
  });
}

function lanePiece(pen, name, piece, from, to, y) {
  const word = piece.life === 'down' ? 'down' : (piece.role ? piece.role.text : 'starts');
  if (piece.life === 'down') {
    pen.strokeStyle = colour('bad');
    pen.fillStyle = colour('card');
    pen.fillRect(from, y - BAR / 2, to - from, BAR);
    pen.setLineDash([3, 4]);
    line(pen, from, y, to, y);
    pen.setLineDash([]);
    label(pen, 'down', from, to, y - 9, colour('bad'));
  } else {
    const fill = piece.role ? roleColour(piece.role.word) : 'follower';
    pen.fillStyle = colour(fill);
    pen.fillRect(from, y - BAR / 2, Math.max(1, to - from), BAR);
    if (piece.life === 'paused') stripes(pen, from, to, y);
    label(pen, (piece.life === 'paused' ? 'paused, ' : '') + word, from, to, y, colour(fill === 'follower' ? 'follower-text' : 'role-text'));
  }
  box(from, to, y, BAR, `${name}: ${piece.life === 'paused' ? 'paused, ' : ''}${word}\n${time(piece.from)} to ${time(piece.to)}`);
}

function stripes(pen, from, to, y) {
  pen.save();
  pen.beginPath();
  pen.rect(from, y - BAR / 2, to - from, BAR);
  pen.clip();
  pen.strokeStyle = colour('card');
  pen.lineWidth = 3;
  for (let left = Math.max(from, GUTTER) - BAR; left < Math.min(to, width); left += 10) line(pen, left, y + BAR / 2, left + BAR, y - BAR / 2);
  pen.restore();
}

// --- messages

function arrows(pen, frame) {
  const [from, to] = [moment(Math.max(domain[0], 0)), moment(domain[1])];
  const visible = messages.filter(one => isShown(one) && one.sent <= to && (one.ended < 0 ? one.sent : one.ended) >= from);
  const isDense = visible.length > FEW;
  pen.lineWidth = isDense ? 0.7 : 1.2;
  pen.globalAlpha = isDense ? Math.max(0.12, FEW / visible.length) : 0.9;
  const room = (width - GUTTER) / Math.max(1, visible.length);
  for (const message of visible) arrow(pen, frame, message, isDense ? 0 : room);
  pen.globalAlpha = 1;
  chart.dataset.messages = visible.length;
}

function arrow(pen, frame, message, room) {
  const down = message.to === message.from ? 0 : Math.sign(message.to - message.from);
  const start = { x: at(message.sent), y: frame.y(message.from) + down * BAR / 2 };
  const end = { x: at(message.ended < 0 ? data.end : message.ended), y: frame.y(message.to) - down * BAR / 2 };
  if (down === 0) end.y = start.y = frame.y(message.from) - BAR / 2;
  const lost = isLost(message);
  if (lost && message.sent === message.ended) {
    // Lost where it was sent: a stub.
    end.x = start.x + 5;
    end.y = start.y + down * Math.min(16, frame.lane / 3);
  }
  pen.strokeStyle = pen.fillStyle = colour(lost ? 'bad' : 'kind-' + message.kind % 8);
  if (lost || message.ended < 0) pen.setLineDash([4, 3]);
  line(pen, start.x, start.y, end.x, end.y);
  pen.setLineDash([]);
  if (lost) cross(pen, end);
  else if (room > 0 && message.ended >= 0) head(pen, start, end);
  if (room > 6) along(pen, message, start, end);
  targets.push({ distance: (px, py) => toSegment(px, py, start, end), tip: () => messageTip(message) });
}

function cross(pen, end) {
  line(pen, end.x - 3.5, end.y - 3.5, end.x + 3.5, end.y + 3.5);
  line(pen, end.x - 3.5, end.y + 3.5, end.x + 3.5, end.y - 3.5);
}

function head(pen, start, end) {
  const angle = Math.atan2(end.y - start.y, end.x - start.x);
  pen.beginPath();
  pen.moveTo(end.x, end.y);
  for (const side of [-0.42, 0.42]) pen.lineTo(end.x - 7 * Math.cos(angle + side), end.y - 7 * Math.sin(angle + side));
  pen.fill();
}

/** The kind of a message beside its arrow, near its beginning, where nothing else is written yet. */
function along(pen, message, start, end) {
  const down = Math.sign(end.y - start.y) || 1;
  const text = data.kinds[message.kind];
  const size = pen.measureText(text).width + 8;
  const left = start.x + (start.x + 5 === end.x ? 11 : 5);
  const y = [9, 21, 33].map(away => start.y + down * away)
    .find(middle => !written.some(one => Math.abs(one.y - middle) < 12 && start.x < one.to && start.x + size > one.from));
  if (y === undefined) return;
  written.push({ from: start.x, to: start.x + size, y });
  pen.save();
  pen.lineWidth = 3;
  pen.strokeStyle = colour('card');
  pen.strokeText(text, left, y);
  pen.fillText(text, left, y);
  pen.restore();
}

function toSegment(px, py, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const share = Math.max(0, Math.min(1, ((px - a.x) * dx + (py - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(px - a.x - share * dx, py - a.y - share * dy);
}

const reasons = { lost: 'a bad link lost it', cut: 'a partition swallowed it', unheard: 'nobody was up to hear it', sent: 'still under way' };

function messageTip(message) {
  const marks = (message.isRepeated ? ', sent twice by the link' : '') + (message.isDelayed ? ', may be overtaken' : '');
  const end = message.ended <= message.sent ? '' : ` to ${time(message.ended)} (${((message.ended - message.sent) / 1e6).toFixed(3)} ms)`;
  return `${data.kinds[message.kind]} ${data.nodes[message.from]}\u2192${data.nodes[message.to]} #${message.number}`
    + `${reasons[message.fate] ? ': ' + reasons[message.fate] : ''}${marks}\n${time(message.sent)}${end}\n${message.text}`;
}

// --- notes

const noteColour = { crashed: 'bad', disk: 'bad', started: 'good', paused: 'unsure', resumed: 'unsure' };

function notes(pen, frame) {
  if (!shown.layers.has('notes')) return;
  let count = 0;
  for (const event of events) {
    const middle = at(event.at);
    if (middle < GUTTER || middle > width) continue;
    count++;
    const y = frame.y(event.node) - BAR / 2 - 1;
    pen.fillStyle = colour(noteColour[event.kind] ?? 'note');
    pen.beginPath();
    pen.moveTo(middle, y + 3);
    pen.lineTo(middle - 4.5, y - 5);
    pen.lineTo(middle + 4.5, y - 5);
    pen.fill();
    const tip = `${data.nodes[event.node]} ${event.kind === 'noted' ? 'notes ' : ''}${event.text}\n${time(event.at)}`;
    targets.push({ distance: (px, py) => Math.hypot(px - middle, py - y) - 4, tip });
  }
  chart.dataset.notes = count;
}

// --- clients

function clients(pen, frame) {
  if (!shown.layers.has('clients')) return;
  let count = 0;
  for (const one of operations) {
    const from = at(one.from);
    const to = Math.max(at(one.to), from + 3);
    if (to < GUTTER || from > width) continue;
    count++;
    const bar = one.isOpen ? Math.min(to, from + 150, one.next === undefined ? Infinity : at(one.next)) : to;
    const y = frame.clients + rows.clients.row(one) * ROW + ROW / 2;
    pen.fillStyle = colour(one.outcome);
    // What has no answer may take effect for ever.
    if (one.isOpen) pen.fillRect(from, y + 7, to - from, 2);
    pen.fillRect(from, y - 8, bar - from - 1, 16);
    label(pen, one.text, from, bar, y, colour(one.outcome + '-text'));
    const ends = one.isOpen ? 'no answer' : `${one.outcome} at ${time(one.to)} (${((one.to - one.from) / 1e6).toFixed(3)} ms)`;
    box(from, bar, y, 16, `client ${one.text}\nasks ${one.node} at ${time(one.from)}, ${ends}`);
  }
  chart.dataset.operations = count;
}

function violation(pen, frame) {
  if (!data.violation) return;
  const middle = at(data.violation.at);
  if (middle < GUTTER || middle > width + 2) return;
  pen.strokeStyle = colour('bad');
  pen.lineWidth = 2;
  line(pen, middle, AXIS - 6, middle, frame.height - 4);
  pen.lineWidth = 1;
  targets.push({ distance: px => Math.abs(px - middle), tip: `violated: ${data.violation.text}\n${time(data.violation.at)}` });
}
