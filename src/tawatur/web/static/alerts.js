// Lets this browser take alerts, once its reader presses the button: nothing is asked before. Without this script the rest works.
"use strict";

const place = document.getElementById("this-browser");

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/") + "=".repeat((4 - text.length % 4) % 4));
  return Uint8Array.from(plain, letter => letter.charCodeAt(0));
}

function say(name) {
  for (const one of place.querySelectorAll("[data-said]")) one.hidden = one.dataset.said !== name;
}

async function subscribe() {
  if (await Notification.requestPermission() !== "granted") return say("refused");
  say("waiting");
  const worker = await navigator.serviceWorker.register("/push.js");
  await navigator.serviceWorker.ready;
  const key = bytes(place.dataset.key);
  let made = await worker.pushManager.getSubscription();
  if (made && !same(made.options.applicationServerKey, key)) {
    await made.unsubscribe();
    made = null;
  }
  made = made || await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const found = made.toJSON();
  const answer = await fetch(place.dataset.action, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": place.dataset.csrf },
    body: JSON.stringify({ endpoint: found.endpoint, p256dh: found.keys.p256dh, auth: found.keys.auth }),
  });
  if (!answer.ok) return say("failed");
  location.reload();
}

function same(buffer, key) {
  const held = new Uint8Array(buffer || []);
  return held.length === key.length && held.every((one, at) => one === key[at]);
}

// A browser that is known already says so instead of asking.
async function known() {
  const worker = await navigator.serviceWorker.getRegistration("/");
  const made = worker && worker.pushManager && await worker.pushManager.getSubscription();
  const held = made && [...document.querySelectorAll("[data-endpoint]")];
  if (!held) return false;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(made.endpoint));
  const mark = [...new Uint8Array(digest)].map(one => one.toString(16).padStart(2, "0")).join("");
  const row = held.find(one => one.dataset.endpoint === mark);
  if (row) row.querySelector("[data-here]").hidden = false;
  return Boolean(row);
}

if (place && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  known().catch(() => false).then(held => {
    if (held) return say("known");
    say(Notification.permission === "denied" ? "refused" : "ask");
  });
  place.querySelector("button").addEventListener("click", () => subscribe().catch(() => say("failed")));
}
