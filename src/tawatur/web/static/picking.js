// Highlighting by selecting text, beside the boxes before sentences, which need no script. Each part of the text that can be
// highlighted says where it begins in the whole, counted in characters as Python counts them.
"use strict";

const picking = document.querySelector(".picking");
const parts = [...document.querySelectorAll("#text [data-at]")];
const characters = text => [...text].length;

// What of a part is selected, as "start-end" in the whole text; null where nothing is, or blanks alone.
function spanOf(part, selected) {
  if (!selected.intersectsNode(part)) return null;
  const own = document.createRange();
  own.selectNodeContents(part);
  const before = own.cloneRange();
  if (selected.compareBoundaryPoints(Range.START_TO_START, own) > 0) own.setStart(selected.startContainer, selected.startOffset);
  if (selected.compareBoundaryPoints(Range.END_TO_END, own) < 0) own.setEnd(selected.endContainer, selected.endOffset);
  const text = own.toString(), words = text.trim();
  if (!words) return null;
  before.setEnd(own.startContainer, own.startOffset);
  const start = Number(part.dataset.at) + characters(before.toString()) + characters(text) - characters(text.trimStart());
  return { span: `${start}-${start + characters(words)}`, words };
}

// The form shows itself while text is selected, and stays while somebody writes in it.
function offer() {
  if (picking.contains(document.activeElement)) return;
  const chosen = document.getSelection();
  const found = chosen.rangeCount && !chosen.isCollapsed ? parts.map(part => spanOf(part, chosen.getRangeAt(0))).filter(Boolean) : [];
  picking.hidden = !found.length;
  picking.querySelector("q").textContent = found.map(one => one.words).join(" … ");
  picking.querySelectorAll("[name=s]").forEach(one => one.remove());
  for (const { span } of found) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "s", value: span });
    picking.append(field);
  }
}

if (picking) document.addEventListener("selectionchange", offer);
