// Shows what is pushed to this browser, and opens its story when it is touched. It keeps nothing and asks for nothing else.
"use strict";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));

self.addEventListener("push", event => {
  let told = {};
  try {
    told = event.data.json();
  } catch {
    return;
  }
  if (typeof told.title !== "string" || !told.title) return;
  event.waitUntil(self.registration.showNotification(told.title, {
    body: String(told.body || ""),
    lang: told.lang || "ar",
    dir: told.dir || "rtl",
    tag: String(told.tag || ""),
    renotify: false,
    data: { url: here(told.url) },
  }));
});

// Only pages of ours are opened.
function here(path) {
  const url = new URL(String(path || "/"), self.location.origin);
  return url.origin === self.location.origin ? url.href : self.location.origin + "/";
}

self.addEventListener("notificationclick", event => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.url));
});

async function open(url) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find(one => one.url === url);
  return there ? there.focus() : self.clients.openWindow(url);
}

// The browser got a new address at its push service: we are told, by the old one that only it and we know.
self.addEventListener("pushsubscriptionchange", event => {
  event.waitUntil(renew(event));
});

async function renew(event) {
  const old = event.oldSubscription;
  if (!old) return;
  const made = event.newSubscription || await self.registration.pushManager.subscribe(old.options);
  await fetch("/push/renew", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ old: old.endpoint, ...flat(made) }),
  });
}

function flat(subscription) {
  const found = subscription.toJSON();
  return { endpoint: found.endpoint, p256dh: found.keys.p256dh, auth: found.keys.auth };
}
