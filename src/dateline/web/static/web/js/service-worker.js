// Shows what is pushed, and opens its story on a click. It answers no request and keeps no page.

async function show(event) {
  const said = event.data?.json()?.notification;
  if (!said) return;
  const { title, navigate, ...rest } = said;
  await registration.showNotification(title, { ...rest, data: { url: navigate } });
}

// What may not be read is not left standing: a notice whose story answers 410 goes.
async function tidy() {
  const shown = await registration.getNotifications();
  await Promise.all(shown.map(async (notice) => {
    const answer = await fetch(notice.data.url, { method: "HEAD" }).catch(() => null);
    if (answer?.status === 410) notice.close();
  }));
}

async function open(url) {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = pages.find((page) => page.url === url);
  await (there ? there.focus() : clients.openWindow(url));
  await tidy();
}

addEventListener("push", (event) => event.waitUntil(show(event)));
addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.url));
});
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
