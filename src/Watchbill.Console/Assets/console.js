// The console's only script. Pages work without it; it makes them pleasant: times in the reader's zone, live parts, copying, keys.
"use strict";

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const absolute = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const steps = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

function showMoment(element) {
    const at = new Date(element.dateTime);
    if (isNaN(at)) return;
    if (element.dataset.moment !== "relative") {
        element.textContent = absolute.format(at);
        return;
    }
    const seconds = (at - Date.now()) / 1000;
    const [unit, size] = steps.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1];
    element.textContent = relative.format(Math.round(seconds / size), unit);
}

function showMoments(root) {
    root.querySelectorAll("time[data-moment]").forEach(showMoment);
}

// A live part: <div data-live="/events/..."> is replaced by each message's HTML, which our own server rendered from components.
// A message with the event name "reload" loads the page anew; "end" stops listening.
function listen(element) {
    const source = new EventSource(element.dataset.live);
    source.onmessage = message => {
        const open = [...element.querySelectorAll("details[open][id]")].map(details => details.id);
        element.innerHTML = message.data;
        open.forEach(id => element.querySelector("#" + CSS.escape(id))?.setAttribute("open", ""));
        showMoments(element);
    };
    source.addEventListener("reload", () => { source.close(); location.reload(); });
    source.addEventListener("end", () => source.close());
}

// <button data-copy="#id"> copies the text or value of that element.
async function copy(button) {
    const target = document.querySelector(button.dataset.copy);
    if (!target) return;
    await navigator.clipboard.writeText(target.value ?? target.textContent.trim());
    const label = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = label; }, 1500);
}

// A button that must not be pressed by accident: <button data-confirm="Acme"> stays disabled until the field named by data-confirm-field holds that text.
function guard(button) {
    const field = document.getElementById(button.dataset.confirmField);
    const check = () => { button.disabled = field.value.trim() !== button.dataset.confirm; };
    field.addEventListener("input", check);
    check();
}

document.addEventListener("DOMContentLoaded", () => {
    showMoments(document);
    document.querySelectorAll("[data-live]").forEach(listen);
    document.querySelectorAll("button[data-confirm]").forEach(guard);
    document.querySelectorAll("form[data-autosubmit]").forEach(form =>
        form.addEventListener("change", () => form.requestSubmit()));
    // On a wide screen the menu is always open; on a narrow one it opens when asked.
    const wide = matchMedia("(min-width: 900px)");
    const menu = document.querySelector("details.menu");
    const follow = () => { if (menu) menu.open = wide.matches; };
    wide.addEventListener("change", follow);
    follow();
});

document.addEventListener("click", event => {
    const button = event.target.closest("button[data-copy]");
    if (button) copy(button);
    document.querySelectorAll("details.popover[open], details.switch[open]").forEach(details => {
        if (!details.contains(event.target)) details.open = false;
    });
});

document.addEventListener("submit", event => {
    // Twice is once: a second press of the same button waits for the first.
    const button = event.submitter;
    if (event.target.method === "post" && button) setTimeout(() => { button.disabled = true; });
});

document.addEventListener("keydown", event => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "Escape") {
        document.querySelectorAll("details.popover[open], details.switch[open]").forEach(details => { details.open = false; });
        if (typing) event.target.blur();
        return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = document.querySelector(`[data-hotkey="${CSS.escape(event.key)}"]`);
    if (target) {
        event.preventDefault();
        target.focus();
        target.select?.();
    }
});
