// Suggestions beneath a search box while somebody types. Without this script the box works as before.
"use strict";

const WAIT = 120;

function combobox(input, form) {
  const list = document.createElement("ul");
  list.id = `${input.id}-offers`;
  list.className = "offers";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0] ? input.labels[0].textContent : "");
  list.hidden = true;
  input.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
    input.setAttribute(name, value);
  }

  let timer = 0, asking = null, at = -1;
  const offers = () => [...list.children];

  function close() {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function point(next) {
    const all = offers();
    if (list.hidden || !all.length) return;
    at = (next + all.length + 1) % (all.length + 1);
    all.forEach((one, nth) => one.setAttribute("aria-selected", String(nth === at)));
    if (at < all.length) {
      input.setAttribute("aria-activedescendant", all[at].id);
      all[at].scrollIntoView({ block: "nearest" });
    } else {
      at = -1;
      input.removeAttribute("aria-activedescendant");
    }
  }

  function choose(offer) {
    input.value = offer.dataset.query;
    close();
    form.requestSubmit();
  }

  async function ask() {
    const typed = input.value.trim();
    if (asking) asking.abort();
    if (typed.length < 2) return close();
    asking = new AbortController();
    try {
      const answer = await fetch(`${form.action}/suggest?${new URLSearchParams({ q: typed })}`, { signal: asking.signal });
      if (!answer.ok || document.activeElement !== input) return close();
      list.innerHTML = await answer.text();
    } catch {
      return undefined;
    }
    at = -1;
    offers().forEach((one, nth) => { one.id = `${list.id}-${nth}`; });
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    return undefined;
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown") point(at + 1);
    else if (event.key === "ArrowUp") point(at < 0 ? offers().length - 1 : at - 1 < 0 ? offers().length : at - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && at >= 0) choose(offers()[at]);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => {
    const offer = event.target.closest("[role=option]");
    if (offer) { event.preventDefault(); choose(offer); }
  });
}

for (const form of document.querySelectorAll("form[role=search]")) {
  const input = form.querySelector("input[type=search][name=q]");
  if (input) combobox(input, form);
}
