// Keys for those who read with the keyboard. Keys count by their place, so that they are the same whatever is typed with them.
// Without this script nothing is missing; whoever is disturbed by it switches it off in its own window, for this browser.
"use strict";

const OFF = "tawatur.shortcuts.off";
const help = document.getElementById("shortcuts");
const stories = () => [...document.querySelectorAll("main article .headline a")];

function step(by) {
  const all = stories();
  if (!all.length) return;
  const at = all.indexOf(document.activeElement);
  const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "center" });
}

function press(selector) {
  const found = document.querySelector(selector);
  if (found) found.click();
}

const DOES = {
  KeyJ: () => step(1),
  KeyK: () => step(-1),
  KeyH: () => press(".masthead .sections a"),
  KeyS: () => press("main .keep button, main .keep a"),
  KeyO: () => press("main .original-first a"),
  Slash: () => document.querySelector("input[name=q]").focus(),
};

function typing(target) {
  return target.closest("input, textarea, select, dialog, [contenteditable]") !== null;
}

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target)) return;
  if (event.code === "Slash" && event.shiftKey) {
    event.preventDefault();
    help.showModal();
  } else if (!event.shiftKey && DOES[event.code] && !localStorage.getItem(OFF)) {
    event.preventDefault();
    DOES[event.code]();
  }
});

const choice = help.querySelector("input");
choice.checked = !localStorage.getItem(OFF);
choice.addEventListener("change", () => {
  if (choice.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
});

const opener = document.getElementById("shortcuts-open");
opener.hidden = false;
opener.addEventListener("click", () => help.showModal());
