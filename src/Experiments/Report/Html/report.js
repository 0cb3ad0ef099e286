'use strict';
(function () {
  const reach = 24; // pixels of the figure within which a point is meant
  const tip = document.getElementById('tip');
  document.documentElement.classList.add('has-script');

  // Where the points of a series lie, and what to say of each: "x y text;x y text".
  function points(series) {
    series.places ??= series.dataset.points.split(';').filter(Boolean).map(function (entry) {
      const [x, y, ...text] = entry.split(' ');
      return { x: Number(x), y: Number(y), text: text.join(' ') };
    });
    return series.places;
  }

  function nearest(svg, x, y) {
    let found = null, least = reach * reach;
    for (const series of svg.querySelectorAll('.series:not(.off)')) {
      for (const point of points(series)) {
        const distance = (point.x - x) ** 2 + (point.y - y) ** 2;
        if (distance < least) {
          least = distance;
          found = { series, point };
        }
      }
    }
    return found;
  }

  function showValue(svg, event) {
    const matrix = svg.getScreenCTM();
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    const found = nearest(svg, at.x, at.y);
    tip.classList.toggle('shown', found !== null);
    if (found) {
      const { series, statistic } = found.series.dataset;
      tip.textContent = series + (statistic ? ', ' + statistic : '') + ': ' + found.point.text;
      const place = new DOMPoint(found.point.x, found.point.y).matrixTransform(matrix);
      tip.style.left = Math.max(4, Math.min(place.x + 12, window.innerWidth - tip.offsetWidth - 4)) + 'px';
      tip.style.top = Math.max(4, place.y - tip.offsetHeight - 12) + 'px';
    }
  }

  // A name of the legend switches its series in every figure; a statistic in its own figure.
  function toggle(entry) {
    const off = !entry.classList.contains('off');
    const key = entry.dataset.series !== undefined ? 'series' : 'statistic';
    const scope = key === 'series' ? document : entry.ownerSVGElement;
    for (const other of scope.querySelectorAll('.legend, .series')) {
      if (other.dataset[key] === entry.dataset[key] && (key === 'series' || other.dataset.statistic !== undefined)) {
        other.classList.toggle('off', off);
        if (other.classList.contains('legend')) {
          other.setAttribute('aria-pressed', String(!off));
        }
      }
    }
  }

  // The figure as it is seen now, without the series that are off.
  function source(svg) {
    const copy = svg.cloneNode(true);
    for (const part of copy.querySelectorAll('.series.off')) {
      part.remove();
    }
    return new XMLSerializer().serializeToString(copy);
  }

  function save(blob, name) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }

  function download(svg, kind) {
    const text = source(svg);
    const name = svg.id + '.' + kind;
    if (kind === 'svg') {
      save(new Blob([text], { type: 'image/svg+xml' }), name);
      return;
    }
    const image = new Image();
    image.onload = function () {
      const canvas = document.createElement('canvas');
      canvas.width = 2 * svg.viewBox.baseVal.width;
      canvas.height = 2 * svg.viewBox.baseVal.height;
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(function (blob) { save(blob, name); }, 'image/png');
    };
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text);
  }

  function choose(select) {
    for (const variant of document.getElementById(select.dataset.variants).querySelectorAll('.variant')) {
      variant.hidden = variant.dataset.figure !== select.value;
    }
  }

  for (const svg of document.querySelectorAll('.drawing svg')) {
    // Marks tell their values by the tip; the browser's own would stand over it.
    for (const hint of svg.querySelectorAll('.series title')) {
      hint.remove();
    }
    svg.addEventListener('pointermove', function (event) { showValue(svg, event); });
    svg.addEventListener('pointerdown', function (event) { showValue(svg, event); });
    svg.addEventListener('pointerleave', function () { tip.classList.remove('shown'); });
  }
  window.addEventListener('scroll', function () { tip.classList.remove('shown'); }, { passive: true });
  for (const entry of document.querySelectorAll('.legend')) {
    entry.setAttribute('role', 'button');
    entry.setAttribute('tabindex', '0');
    entry.setAttribute('aria-pressed', 'true');
    entry.addEventListener('click', function () { toggle(entry); });
    entry.addEventListener('keydown', function (event) {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        toggle(entry);
      }
    });
  }
  for (const button of document.querySelectorAll('[data-download]')) {
    button.addEventListener('click', function () { download(button.closest('.variant').querySelector('svg'), button.dataset.download); });
  }
  for (const select of document.querySelectorAll('[data-variants]')) {
    select.selectedIndex = Math.floor(select.options.length / 2);
    select.addEventListener('change', function () { choose(select); });
    choose(select);
  }
})();
