// Draws a history around a finding: a lane for each process, time to the right.
(() => {
  const GUTTER = 118;
  const LANE = 26;
  const AXIS = 22;
  const NOTES = 22;
  const ROOM = 40; // below a lane from which arrows go
  const LETTER = 7.3;

  // What is shown: one of the views, along lines or along time, from one place on the axis to another.
  let view = data.views[0];
  let isByTime = false;
  let domain = [0, 1];
  let layout = null;

  // --- elements

  function shape(name, attributes = {}, text) {
    return fill(document.createElementNS('http://www.w3.org/2000/svg', name), text, attributes);
  }

  // --- the axis

  /** Lines without those of which nothing is drawn, so that what matters has room; or time. */
  function measure() {
    const lines = new Set();
    const places = [];
    const add = place => { if (place) { lines.add(place[0]); places.push(place); } };
    for (const drawn of [...view.operations, ...view.bands]) { add(drawn.from); add(drawn.to); }
    view.notes.forEach(note => add(note.at));
    const sorted = [...lines].sort((a, b) => a - b);
    const times = places.map(place => place[1]);
    layout = {
      sorted,
      rank: new Map(sorted.map((line, rank) => [line, rank])),
      firstTime: times.reduce((a, b) => Math.min(a, b), Infinity),
      lastTime: times.reduce((a, b) => Math.max(a, b), -Infinity),
      lanes: new Map(),
    };
  }

  /** Processes from top to bottom: of the finding, with something that begins or ends here, and with what is open. */
  function lanes() {
    const found = new Map();
    const add = operation => {
      if (!found.has(operation.process)) found.set(operation.process, found.size);
    };
    const isHere = place => place && at(place) >= domain[0] && at(place) <= domain[1];
    view.operations.filter(isWitness).forEach(add);
    view.operations.filter(one => isHere(one.from) || isHere(one.to)).forEach(add);
    view.operations.filter(one => at(one.from) < domain[0] && end(one) > domain[1]).forEach(add);
    return found;
  }

  const witness = operation => (view.witnesses || []).find(one => one.line === operation.from[0]);
  const isWitness = operation => witness(operation) !== undefined;
  const at = place => isByTime ? place[1] : layout.rank.get(place[0]);
  const end = drawn => drawn.to ? at(drawn.to) : Infinity;
  const width = () => Math.max(500, byId('chart').clientWidth);
  const x = value => GUTTER + (value - domain[0]) / (domain[1] - domain[0]) * (width() - GUTTER);
  const clamped = value => Math.min(width(), Math.max(GUTTER, x(value)));

  function whole() {
    if (view.operations.length + view.notes.length === 0) return [0, 1];
    const [first, last] = isByTime ? [layout.firstTime, layout.lastTime] : [0, layout.sorted.length - 1];
    const margin = (last - first) * 0.02 || 1;
    return [first - margin, last + margin];
  }

  /** From the first to the last place that the finding is made of. */
  function around() {
    const shown = view.operations.filter(isWitness);
    if (shown.length === 0) return whole();
    const first = shown.reduce((a, one) => Math.min(a, at(one.from)), Infinity);
    const last = shown.reduce((a, one) => Math.max(a, one.to ? end(one) : at(one.from)), -Infinity);
    const [least, most] = whole();
    const margin = Math.max((last - first) * 0.25, isByTime ? (most - least) / 100 : 8);
    return [Math.max(least, first - margin), Math.min(most, last + margin)];
  }

  function time(nanos, step) {
    const [unit, size] = step >= 1e9 ? ['s', 1e9] : step >= 1e6 ? ['ms', 1e6] : step >= 1e3 ? ['\u00b5s', 1e3] : ['ns', 1];
    return (nanos / size).toLocaleString('en', { maximumFractionDigits: 1 }) + ' ' + unit;
  }

  function ticks() {
    const rough = (domain[1] - domain[0]) / Math.max(2, Math.floor(width() / 150));
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = Math.max(isByTime ? 1e-9 : 1, power * [1, 2, 5, 10].find(one => power * one >= rough));
    const found = [];
    for (let value = Math.ceil(domain[0] / step) * step; value <= domain[1]; value += step) {
      const line = layout.sorted[Math.round(value)];
      if (isByTime) found.push([value, time(value, step)]);
      else if (line !== undefined) found.push([Math.round(value), 'line ' + line.toLocaleString('en')]);
    }
    return found;
  }

  // --- the drawing

  function draw() {
    layout.lanes = lanes();
    layout.top = AXIS + (view.notes.length > 0 ? NOTES : 0);
    const height = laneTop(layout.lanes.size) + AXIS;
    const svg = shape('svg', { width: width(), height, role: 'img' });
    svg.append(definitions());
    axis(svg, height);
    bands(svg, height);
    for (const [process, lane] of layout.lanes) laneName(svg, process, laneTop(lane));
    const plot = shape('g', { 'clip-path': 'url(#plot)' });
    view.operations.filter(operation => layout.lanes.has(operation.process))
      .forEach(operation => bar(plot, operation, laneTop(layout.lanes.get(operation.process))));
    notes(plot, height);
    (view.links || []).forEach((link, i) => arrow(plot, link, i));
    svg.append(plot);
    byId('chart').replaceChildren(svg);
    byId('by-order').setAttribute('aria-pressed', String(!isByTime));
    byId('by-time').setAttribute('aria-pressed', String(isByTime));
  }

  /** Lanes between which arrows go are farther apart. */
  function laneTop(lane) {
    const arrows = (view.links || []).length > 0 ? new Set(view.operations.filter(isWitness).map(one => one.process)).size : 0;
    return layout.top + lane * LANE + Math.min(lane, arrows) * ROOM;
  }

  function definitions() {
    const defs = shape('defs');
    for (const name of ['fading', 'fading-bad']) {
      const gradient = shape('linearGradient', { id: name, class: name });
      gradient.append(shape('stop', { offset: '0.1' }), shape('stop', { offset: '1', 'stop-opacity': '0.15' }));
      defs.append(gradient);
    }
    const clip = shape('clipPath', { id: 'plot' });
    clip.append(shape('rect', { x: GUTTER, y: 0, width: width() - GUTTER, height: '100%' }));
    const head = shape('marker', {
      id: 'head', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: 'auto',
      markerUnits: 'userSpaceOnUse',
    });
    head.append(shape('path', { d: 'M0 0 L8 4 L0 8 z', class: 'arrow' }));
    defs.append(clip, head);
    return defs;
  }

  function axis(svg, height) {
    for (const [value, name] of ticks().filter(([value]) => x(value) < width() - 30)) {
      svg.append(shape('line', { x1: x(value), x2: x(value), y1: AXIS - 4, y2: height - AXIS + 4, class: 'tick' }));
      for (const y of [13, height - 6]) {
        svg.append(shape('text', { x: x(value), y, class: 'tick-name', 'text-anchor': 'middle' }, name));
      }
    }
  }

  function bands(svg, height) {
    const plot = shape('g', { 'clip-path': 'url(#plot)' });
    for (const band of view.bands) {
      const from = clamped(at(band.from));
      const wide = clamped(end(band)) - from;
      if (wide <= 0) continue;
      const drawn = shape('rect', { x: from, y: AXIS, width: wide, height: height - 2 * AXIS, class: 'band' });
      drawn.tip = 'fault: ' + band.text + '\nfrom ' + place(band.from) + (band.to ? '\nto ' + place(band.to) : '\nnever ended');
      plot.append(drawn);
      label(plot, band.text, from + 6, AXIS + 15, wide - 8, 'band-name');
    }
    svg.append(plot);
    if (view.notes.length > 0) svg.append(shape('text', { x: 0, y: AXIS + 15, class: 'lane-name' }, 'faults, notes'));
  }

  function laneName(svg, process, y) {
    const first = view.operations.find(operation => operation.process === process);
    const mark = view.operations.some(operation => operation.process === process && isWitness(operation)) ? ' witness' : '';
    svg.append(shape('line', { x1: 0, x2: width(), y1: y + LANE - 0.5, y2: y + LANE - 0.5, class: 'lane' }));
    label(svg, process + (first.node ? ' \u00b7 ' + first.node : ''), 0, y + 17, GUTTER - 8, 'lane-name' + mark);
  }

  function bar(plot, operation, y) {
    const from = x(at(operation.from));
    const to = operation.to ? Math.max(from + 3, x(end(operation))) : Math.max(from + 3, width());
    if (to < GUTTER || from > width()) return;
    const named = witness(operation);
    const group = shape('g', { class: 'op ' + operation.outcome + (named ? ' witness' : '') });
    const left = Math.max(from, GUTTER - 6);
    const right = Math.min(to, width() + 6);
    const inset = named ? 3 : 4;
    group.append(shape('rect', { x: left, y: y + inset, width: right - left, height: LANE - 2 * inset }));
    const text = (named ? named.name + '  ' : '') + operation.text;
    label(group, text, Math.max(left, GUTTER) + 5, y + 17, Math.min(right, width()) - Math.max(left, GUTTER) - 8, '');
    group.tip = (named ? named.name + ', ' : '') + 'process ' + operation.process
      + (operation.node ? ' at ' + operation.node : '') + ', ' + outcome(operation) + '\n' + operation.text
      + '\nfrom ' + place(operation.from) + (operation.to ? '\nto ' + place(operation.to) : '\nmay take effect at any time after, or never');
    plot.append(group);
  }

  const outcome = operation => operation.outcome === 'info' ? 'outcome unknown' : operation.outcome;
  const place = at => 'line ' + at[0].toLocaleString('en') + ', ' + time(at[1], Math.abs(at[1]) / 10);

  /** A text, as much of it as there is room for. */
  function label(to, text, left, y, room, className) {
    const letters = Math.floor(room / LETTER);
    if (letters < 1) return;
    const shown = text.length <= letters ? text : letters < 4 ? '' : text.slice(0, letters - 1) + '\u2026';
    if (shown) to.append(shape('text', { x: left, y, class: className }, shown));
  }

  function notes(plot, height) {
    for (const note of view.notes) {
      const middle = x(at(note.at));
      if (middle < GUTTER || middle > width()) continue;
      const drawn = shape('path', { d: `M${middle - 5} ${AXIS} h10 l-5 9 z`, class: 'note' });
      drawn.tip = note.who + ': ' + note.text + '\n' + place(note.at);
      plot.append(shape('line', { x1: middle, x2: middle, y1: AXIS, y2: height - AXIS, class: 'note-line' }), drawn);
    }
  }

  function arrow(plot, link, i) {
    const ends = [link.from, link.to].map(number => {
      const line = view.witnesses[number] && view.witnesses[number].line;
      return view.operations.find(operation => operation.from[0] === line);
    });
    if (!ends[0] || !ends[1]) return;
    const [a, b] = ends.map(operation => ({
      x: (clamped(at(operation.from)) + clamped(end(operation))) / 2,
      y: laneTop(layout.lanes.get(operation.process)) + LANE / 2,
    }));
    // Side by side where two go to and fro between the same two bars.
    const aside = (i % 2 === 0 ? 1 : -1) * 26;
    a.x += aside / 2;
    b.x += aside / 2;
    const down = Math.sign(b.y - a.y) || 1;
    const from = { x: a.x, y: a.y + down * (LANE / 2 - 3) };
    const to = { x: b.x, y: b.y === a.y ? a.y + LANE / 2 - 3 : b.y - down * (LANE / 2 - 1) };
    const bend = b.y === a.y ? { x: (a.x + b.x) / 2, y: a.y + 2 * LANE } : { x: (a.x + b.x) / 2 + 2 * aside, y: (a.y + b.y) / 2 };
    plot.append(shape('path', {
      d: `M${from.x} ${from.y} Q${bend.x} ${bend.y} ${to.x} ${to.y}`, class: 'link', 'marker-end': 'url(#head)',
    }));
    const middle = { x: (from.x + 2 * bend.x + to.x) / 4, y: (from.y + 2 * bend.y + to.y) / 4 };
    plot.append(shape('text', { x: middle.x, y: middle.y + 4, class: 'link-name', 'text-anchor': 'middle' }, link.relation));
  }

  // --- the words above it

  function head() {
    byId('verdict').textContent = data.verdict;
    byId('verdict').className = data.verdict;
    byId('name').textContent = data.name;
    byId('reason').textContent = 'as ' + data.model + ': ' + data.reason
      + (data.isCut ? '. Its last line is cut, as by a recorder that was killed, and left out' : '') + '.';
    for (const [name, count] of Object.entries(data.counts)) {
      const pair = element('div');
      pair.append(element('dt', name), element('dd', count.toLocaleString('en')));
      byId('counts').append(pair);
    }
    if (data.views.length < 2) return;
    for (const one of data.views) {
      const button = element('button', one.finding + (one.key ? ', key ' + one.key : ''));
      button.addEventListener('click', () => show(one));
      byId('findings').append(button);
    }
  }

  function finding() {
    const section = byId('finding');
    section.replaceChildren();
    if (!view.finding) return;
    section.append(element('h2', view.finding + (view.key ? ', key ' + view.key : '')));
    if (view.states.length > 0) {
      const before = element('p', 'Before, it held ');
      view.states.forEach((state, i) => before.append(i > 0 ? ' or ' : '', element('code', state)));
      section.append(before);
    }
    const table = element('div', undefined, { class: 'witnesses' });
    table.append(witnesses());
    section.append(table);
    const list = element('ul');
    view.reasons.forEach((reason, i) => {
      const line = element('li');
      const link = view.links[i];
      if (link) line.append(element('span', link.relation, { class: 'relation' }));
      line.append(reason);
      list.append(line);
    });
    section.append(list);
    if (!view.isSmallest) section.append(element('p', 'There was no time to look whether fewer operations show it.'));
  }

  function witnesses() {
    const table = element('table');
    const heading = element('tr');
    ['', 'lines', 'process', 'operation'].forEach(name => heading.append(element('th', name)));
    const body = element('tbody');
    view.operations.filter(isWitness).forEach(operation => {
      const row = element('tr', undefined, { title: 'Show it' });
      const lines = operation.from[0] + '-' + (operation.to ? operation.to[0] : '');
      [witness(operation).name, lines, operation.process, operation.text].forEach(cell => row.append(element('td', cell)));
      row.addEventListener('click', () => centre(operation));
      body.append(row);
    });
    table.append(element('thead'), body);
    table.firstChild.append(heading);
    return table;
  }

  // --- moving about

  function show(other) {
    view = other;
    measure();
    domain = around();
    finding();
    draw();
    byId('around').hidden = !view.finding;
    byId('left-out').textContent = view.leftOut ? 'Not drawn: ' + view.leftOut + '.' : '';
    [...byId('findings').children].forEach((button, i) => button.setAttribute('aria-pressed', String(data.views[i] === view)));
  }

  function move(from, to) {
    const least = isByTime ? 10 : 4;
    if (to - from < least) return;
    const [first, last] = whole();
    if (to < first || from > last) return;
    domain = to - from > 1.5 * (last - first) ? [first, last] : [from, to];
    draw();
  }

  /** By a factor, about the place that lies at a share of the width. */
  function zoom(factor, share = 0.5) {
    const span = domain[1] - domain[0];
    const fixed = domain[0] + share * span;
    move(fixed - share * span * factor, fixed + (1 - share) * span * factor);
  }

  function pan(share) {
    const by = share * (domain[1] - domain[0]);
    move(domain[0] + by, domain[1] + by);
  }

  function centre(operation) {
    const middle = (at(operation.from) + (operation.to ? end(operation) : at(operation.from))) / 2;
    const half = (domain[1] - domain[0]) / 2;
    move(middle - half, middle + half);
  }

  function measureBy(time) {
    isByTime = time;
    domain = around();
    draw();
  }

  function listen() {
    const chart = byId('chart');
    byId('by-order').addEventListener('click', () => measureBy(false));
    byId('by-time').addEventListener('click', () => measureBy(true));
    byId('in').addEventListener('click', () => zoom(0.6));
    byId('out').addEventListener('click', () => zoom(1 / 0.6));
    byId('all').addEventListener('click', () => move(...whole()));
    byId('around').addEventListener('click', () => move(...around()));
    chart.addEventListener('wheel', event => {
      const isAside = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (!event.ctrlKey && !isAside) return;
      event.preventDefault();
      const share = (event.clientX - chart.getBoundingClientRect().left - GUTTER) / (width() - GUTTER);
      if (event.ctrlKey) zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 150), Math.max(0, share));
      else pan((event.deltaX || event.deltaY) / width());
    }, { passive: false });
    drag(chart);
    document.addEventListener('keydown', event => {
      const action = {
        '+': () => zoom(0.6), '=': () => zoom(0.6), '-': () => zoom(1 / 0.6), 0: () => move(...whole()),
        f: () => move(...around()), ArrowLeft: () => pan(-0.2), ArrowRight: () => pan(0.2),
      }[event.key];
      if (action && !event.ctrlKey && !event.metaKey && !event.altKey) action();
    });
    window.addEventListener('resize', draw);
  }

  function drag(chart) {
    let last = null;
    chart.addEventListener('pointerdown', event => { last = event.clientX; chart.setPointerCapture(event.pointerId); });
    chart.addEventListener('pointerup', () => { last = null; chart.classList.remove('dragged'); });
    chart.addEventListener('pointermove', event => {
      tip(event);
      if (last === null) return;
      chart.classList.add('dragged');
      pan((last - event.clientX) / (width() - GUTTER));
      last = event.clientX;
    });
    chart.addEventListener('pointerleave', () => { byId('tip').hidden = true; });
  }

  function tip(event) {
    let over = document.elementFromPoint(event.clientX, event.clientY);
    while (over && over.tip === undefined) over = over.parentNode;
    showTip(over ? over.tip : null, event);
  }

  head();
  listen();
  show(view);
  document.documentElement.dataset.ready = 'yes';
})();
