// Words above the drawing, and what people do with it.

const overview = byId('overview');

let asked = false;

/** Draws once in a frame, however often it is called. */
function draw() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(drawNow);
}

function drawNow() {
  asked = false;
  paint();
  paintOverview();
  byId('by-order').setAttribute('aria-pressed', String(!isByTime));
  byId('by-time').setAttribute('aria-pressed', String(isByTime));
  chart.setAttribute('aria-label', `${chart.dataset.messages} messages, ${chart.dataset.notes ?? 0} notes and `
    + `${chart.dataset.operations ?? 0} operations from ${time(moment(Math.max(0, domain[0])))} to ${time(moment(domain[1]))}`);
}

// --- the whole run in a strip

function paintOverview() {
  const pen = sized(overview, 44);
  const all = overview.clientWidth;
  const [first, last] = whole();
  const to = value => (value - first) / (last - first) * all;
  pen.fillStyle = colour('card');
  pen.fillRect(0, 0, all, 44);
  pen.fillStyle = colour('band');
  pen.globalAlpha = 0.6;
  if (shown.layers.has('faults')) faults.forEach(one => pen.fillRect(to(place(one.from)), 0, Math.max(2, to(place(one.to)) - to(place(one.from))), 44));
  pen.globalAlpha = 1;
  const counts = new Array(Math.ceil(all / 3) + 1).fill(0);
  messages.filter(isShown).forEach(one => { counts[Math.max(0, Math.floor(to(place(one.sent)) / 3))]++; });
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  pen.fillStyle = colour('kind-7');
  counts.forEach((count, i) => pen.fillRect(i * 3, 42 - 36 * Math.sqrt(count / most), 2, 36 * Math.sqrt(count / most)));
  if (data.violation) {
    pen.fillStyle = colour('bad');
    pen.fillRect(to(place(data.violation.at)) - 1, 0, 2, 44);
  }
  const [from, until] = domain.map(to);
  pen.strokeStyle = colour('focus');
  pen.lineWidth = 2;
  pen.strokeRect(Math.max(1, from), 1, Math.max(4, Math.min(all - 2, until) - Math.max(1, from)), 42);
}

// --- words and buttons

function words() {
  byId('title').textContent = data.title;
  byId('command').textContent = data.command;
  if (data.violation) {
    byId('violation').hidden = false;
    byId('violation').lastElementChild.textContent = data.violation.text;
    byId('jump').hidden = false;
  }
  const lost = messages.filter(isLost).length;
  const counted = (count, what) => `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
  byId('summary').textContent = [
    counted(data.nodes.length, 'node'), counted(messages.length, 'message'), `${lost.toLocaleString('en')} lost`,
    counted(faults.length, 'fault'), counted(operations.length, 'operation'), `${time(data.end, 1e6)} of virtual time`,
  ].join(', ');
  if (data.leftOut > 0) {
    byId('left-out').textContent = `The first ${data.leftOut.toLocaleString('en')} messages are not drawn.`;
  }
}

function toggle(button, set, one) {
  button.setAttribute('aria-pressed', 'true');
  button.addEventListener('click', () => {
    if (!set.delete(one)) set.add(one);
    button.setAttribute('aria-pressed', String(set.has(one)));
    draw();
  });
  return button;
}

function filters() {
  data.nodes.forEach((name, i) => byId('nodes').append(toggle(element('button', name, { title: 'Show its messages' }), shown.nodes, i)));
  for (const layer of shown.layers) byId('layers').append(toggle(element('button', layer), shown.layers, layer));
  const counts = data.kinds.map(() => 0);
  messages.forEach(one => counts[one.kind]++);
  data.kinds.map((name, i) => ({ name, i })).sort((a, b) => counts[b.i] - counts[a.i]).forEach(({ name, i }) => {
    const button = element('button');
    button.append(element('i', undefined, { style: `background: var(--kind-${i % 8})` }), `${name} ${counts[i].toLocaleString('en')}`);
    byId('kinds').append(toggle(button, shown.kinds, i));
  });
}

function legend() {
  const entries = [...new Set(roles.map(role => role.word))].sort().map(word => [roleColour(word), word]);
  entries.push(['ok', 'answered'], ['fail', 'failed'], ['info', 'outcome unknown'], ['band-edge', 'fault'], ['note', 'note'], ['bad', 'lost, crashed']);
  for (const [name, word] of entries) {
    const entry = element('span');
    entry.append(element('i', undefined, { style: `background: var(--${name})` }), word);
    byId('legend').append(entry);
  }
}

// --- pointing

/** The text of what is nearest to a point of the chart, if it is near. */
function under(event) {
  const edges = chart.getBoundingClientRect();
  const [px, py] = [event.clientX - edges.left, event.clientY - edges.top];
  if (px < GUTTER) return null;
  let best = null;
  let least = 7;
  for (let i = targets.length - 1; i >= 0; i--) {
    const distance = targets[i].distance(px, py);
    if (distance < least) { least = distance; best = targets[i]; }
  }
  return best && (typeof best.tip === 'function' ? best.tip() : best.tip);
}

function tip(event) {
  showTip(under(event), event);
}

function keep(event) {
  const text = under(event);
  byId('details').hidden = !text;
  byId('details').textContent = text ?? '';
}

function dragChart() {
  let last = null;
  let moved = 0;
  chart.addEventListener('pointerdown', event => { last = event.clientX; moved = 0; chart.setPointerCapture(event.pointerId); });
  chart.addEventListener('pointerup', event => {
    if (last !== null && moved < 4) keep(event);
    last = null;
    chart.classList.remove('dragged');
  });
  chart.addEventListener('pointermove', event => {
    if (last === null) { tip(event); return; }
    byId('tip').hidden = true;
    chart.classList.add('dragged');
    moved += Math.abs(last - event.clientX);
    if (pan((last - event.clientX) / (width - GUTTER))) draw();
    last = event.clientX;
  });
  chart.addEventListener('pointerleave', () => { byId('tip').hidden = true; });
}

function dragOverview() {
  const centre = event => {
    const [first, last] = whole();
    const middle = first + (event.clientX - overview.getBoundingClientRect().left) / overview.clientWidth * (last - first);
    const half = (domain[1] - domain[0]) / 2;
    if (move(middle - half, middle + half)) draw();
  };
  overview.addEventListener('pointerdown', event => { overview.setPointerCapture(event.pointerId); centre(event); });
  overview.addEventListener('pointermove', event => { if (event.buttons > 0) centre(event); });
}

function listen() {
  const on = (id, action) => byId(id).addEventListener('click', () => { action(); draw(); });
  const actions = {
    '+': () => zoom(0.6), '=': () => zoom(0.6), '-': () => zoom(1 / 0.6), 0: () => move(...whole()),
    v: () => move(...around()), ArrowLeft: () => pan(-0.2), ArrowRight: () => pan(0.2),
  };
  on('by-order', () => measureBy(false));
  on('by-time', () => measureBy(true));
  on('in', actions['+']);
  on('out', actions['-']);
  on('all', actions[0]);
  on('jump', actions.v);
  document.addEventListener('keydown', event => {
    const action = actions[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    action();
    draw();
  });
  chart.addEventListener('wheel', event => {
    event.preventDefault();
    const isAside = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const share = (event.clientX - chart.getBoundingClientRect().left - GUTTER) / (width - GUTTER);
    if (isAside) pan((event.deltaX || event.deltaY) / width);
    else zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 150), Math.max(0, share));
    draw();
  }, { passive: false });
  dragChart();
  dragOverview();
  window.addEventListener('resize', draw);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { colours = null; draw(); });
}

words();
filters();
legend();
listen();
domain = data.violation && moments.length > 200 ? around() : whole();
drawNow();
document.documentElement.dataset.ready = 'yes';
