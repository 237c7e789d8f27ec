// What the browser tests ask a page. Each function returns the list of what is wrong, [] where nothing is.
({
  // Text whose contrast with what is behind it is below WCAG AA: 4.5, or 3 for large text (24 px, or 18.66 px bold).
  contrast() {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const rgba = (color) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const luminance = ([r, g, b]) => {
      const [x, y, z] = [r, g, b].map((value) => value / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const behind = (node) => {
      for (let at = node; at; at = at.parentElement) {
        const color = rgba(getComputedStyle(at).backgroundColor);
        if (color[3] === 255) return color;
      }
      return [255, 255, 255, 255];
    };
    const wrong = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode.parentElement;
      if (!texts.currentNode.data.trim() || !node.checkVisibility()) continue;
      const style = getComputedStyle(node);
      const size = parseFloat(style.fontSize);
      const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
      const [a, b] = [luminance(rgba(style.color)), luminance(behind(node))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < least) wrong.push(`${ratio.toFixed(2)}: ${texts.currentNode.data.trim().slice(0, 40)}`);
    }
    return wrong;
  },

  // Elements that stand beyond the edges of the window.
  overflow() {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.body.querySelectorAll("*")]
      .filter((node) => node.getBoundingClientRect().left < -1 || node.getBoundingClientRect().right > innerWidth + 1)
      .map((node) => `${node.tagName}.${node.className}`);
  },

  // Headings that leave out a level, and pages with another number of first headings than one.
  headings() {
    const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((node) => Number(node.tagName[1]));
    const wrong = levels.filter((level, at) => level > (at ? levels[at - 1] : 0) + 1).map((level) => `h${level} out of order`);
    if (levels.filter((level) => level === 1).length !== 1) wrong.push("not one h1");
    return wrong;
  },

  // Letters moved apart or slanted, which Arabic script does not bear.
  typography() {
    return [...document.body.querySelectorAll("*")]
      .filter((node) => getComputedStyle(node).letterSpacing !== "normal" || getComputedStyle(node).fontStyle !== "normal")
      .map((node) => `${node.tagName}.${node.className}`);
  },

  // Links and summaries that a finger cannot hit: less than 24 CSS pixels high, unless they stand in a line of text.
  targets() {
    return [...document.querySelectorAll("nav a, summary, .headline a")]
      .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 24)
      .map((node) => node.textContent.trim().slice(0, 40));
  },

  // Pictures that have no room to be seen in.
  pictures() {
    return [...document.querySelectorAll(".chart")]
      .filter((chart) => ![...chart.querySelectorAll("svg")].some((one) => one.getBoundingClientRect().width >= 240))
      .map((chart) => chart.className);
  },

  // The number of letters in each full line of the paragraphs that match a selector.
  measure(selector) {
    const counts = [];
    for (const paragraph of document.querySelectorAll(selector)) {
      const text = paragraph.firstChild;
      if (!text || text.nodeType !== Node.TEXT_NODE) continue;
      const range = document.createRange();
      let line = null, letters = 0;
      for (let at = 0; at < text.length; at++) {
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        const top = Math.round(range.getBoundingClientRect().bottom);
        if (line !== null && top > line + 8) { counts.push(letters); letters = 0; }
        line = top;
        letters++;
      }
    }
    return counts;
  },

  // What has the keyboard's focus, and whether a sighted reader can see that.
  focus() {
    const node = document.activeElement;
    const style = getComputedStyle(node);
    const box = node.getBoundingClientRect();
    return {
      name: node === document.body ? "" : node.textContent.trim().slice(0, 40),
      shown: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
      inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
  },
})
