// The page's own behaviour: asking, chips, cart, comparison, thumbs, language and colours. All words come from the server.

import { caller, channel } from "./bridge.js";
import { Turns } from "./turns.js";

const shop = await mount();
const [openWire, sayWire, actWire] = await Promise.all(["open", "say", "act"].map(channel));
const open = caller(openWire);
const act = caller(actWire);
const find = (selector) => shop.querySelector(selector);

let words = {};
let turns = null;
let running = null; // {number, turn, applied, silence} of the turn that is being answered
let number = 0;
let about = null;
const compared = new Map();
const LOOK_EVERY = 2500; // milliseconds between looks for a person's reply
let replied = { after: 0, timer: null };

/* ---- opening the shop ---- */

async function mount() {
  for (;;) {
    const place = document.getElementById("shop");
    if (place) return place;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function languageWanted() {
  return document.cookie.match(/(?:^|; )language=(en|zh)/)?.[1] ?? null;
}

async function show(language) {
  const seen = await open({ language });
  if (seen.problem) return refuse(seen.problem);
  words = seen.words;
  document.documentElement.lang = seen.language;
  document.title = seen.title;
  shop.innerHTML = seen.page;
  turns = new Turns(find("#turns"), announce);
  compared.clear();
  about = null;
  for (const past of seen.turns) restore(past);
  if (seen.turns.length) retirePast();
  welcome(seen.turns.length === 0);
  showCart(seen.cart);
  showEngine(seen.engine);
  showTheme();
  resize();
  if (seen.turns.length) turns.list.lastElementChild.scrollIntoView({ block: "start" });
  replied.after = Math.max(0, ...seen.turns.map((past) => past.number ?? 0));
  if (seen.held) awaitPerson();
  shop.dataset.ready = "yes";
}

function refuse(text) {
  const line = document.createElement("p");
  line.className = "opening";
  line.setAttribute("role", "alert");
  line.textContent = text;
  shop.replaceChildren(line);
}

/** Shows the greeting, or in its place the headings of a conversation. */
function welcome(yes) {
  find("#welcome").hidden = !yes;
  find("#talk").hidden = yes;
}

function restore(past) {
  const turn = turns.begin(past.id, past.message, { language: past.language, youSaid: words.you_said });
  past.patches.forEach((patch) => turns.apply(turn, patch, true));
}

function retirePast() {
  const last = turns.list.lastElementChild;
  last.remove();
  turns.retire();
  turns.list.append(last);
}

/* ---- one turn ---- */

function ask(message, more = {}) {
  if (running) return problem(words.error_busy);
  problem("");
  turns.retire();
  welcome(false);
  const id = `asked-${Date.now().toString(36)}-${++number}`;
  const options = { language: document.documentElement.lang, youSaid: words.you_said, waiting: words.thinking };
  const turn = turns.begin(id, message, options);
  running = { number, turn, applied: 0 };
  busy(true);
  turn.scrollIntoView({ block: "start", behavior: "smooth" });
  sayWire.send({ number, id, message, language: document.documentElement.lang, ...more });
  watchSilence();
}

sayWire.listen((value) => {
  if (!running || value?.number !== running.number) return;
  watchSilence();
  for (const patch of value.patches.slice(running.applied)) turns.apply(running.turn, patch);
  running.applied = Math.max(running.applied, value.patches.length);
  if (value.cart) showCart(value.cart);
  if (value.problem) problem(value.problem);
  if (value.done) finish();
  else if (running.applied > 1) turns.wait(running.turn, words.writing);
});

function watchSilence() {
  clearTimeout(running.silence);
  running.silence = setTimeout(() => (problem(words.error_lost), finish()), 120000);
}

function finish() {
  clearTimeout(running.silence);
  turns.wait(running.turn, "");
  if (running.turn.querySelector(".handed")) awaitPerson();
  running = null;
  busy(false);
}

/** Looks for what a person writes, for as long as one has the conversation. */
function awaitPerson() {
  replied.timer ??= setInterval(lookForReplies, LOOK_EVERY);
}

async function lookForReplies() {
  const query = new URLSearchParams({ after: replied.after, language: document.documentElement.lang });
  const answer = await fetch(`/visit/replies?${query}`).catch(() => null);
  if (!answer?.ok) return;
  const seen = await answer.json();
  for (const reply of seen.replies) {
    if (reply.number <= replied.after) continue;
    const turn = turns.begin(reply.id, "", { language: reply.language, youSaid: words.you_said });
    reply.patches.forEach((patch) => turns.apply(turn, patch));
    if (!running) turn.scrollIntoView({ block: "nearest", behavior: "smooth" });
    replied.after = reply.number;
  }
  if (!seen.held) clearInterval(replied.timer), (replied.timer = null);
}

function busy(yes) {
  find("#send").hidden = yes;
  find("#stop").hidden = !yes;
  find("#turns").setAttribute("aria-busy", String(yes));
}

function stop() {
  const focused = document.activeElement === find("#stop");
  sayWire.stop();
  announce(words.stopped);
  finish();
  if (focused) find("#question").focus();
}

function submit() {
  const box = find("#question");
  const message = box.value.trim();
  if (!message) return problem(words.error_empty);
  if (running) return problem(words.error_busy);
  box.value = "";
  resize();
  ask(about ? aboutMessage(about, message) : message);
  talkAbout(null);
}

/* ---- asking about one product, comparing several ---- */

function talkAbout(product) {
  about = product;
  find("#about").hidden = !product;
  find("#about-title").textContent = product ? fill(words.about, { title: product.title }) : "";
  if (product) find("#question").focus();
}

/** The words for a product's place on the latest shelf ("second"), by which a conversation knows it; else nothing. */
function place(id) {
  const shelf = [...shop.querySelectorAll(".turn .shelf")].at(-1);
  const index = [...(shelf?.querySelectorAll("[data-about]") ?? [])].findIndex((one) => one.dataset.about === id);
  return words[`place_${index + 1}`];
}

/** Tells the shop that a product was looked at; nobody waits for that. */
function opened(product) {
  act({ name: "opened", product }).catch(() => null);
}

function aboutMessage(product, question) {
  const where = place(product.id);
  return where
    ? fill(words.about_message_place, { place: where, question })
    : fill(words.about_message, { title: product.title, question });
}

/** Fills the {gaps} of a form in one pass; `otherwise` stands where a value is missing. */
function fill(form, values, otherwise) {
  if (otherwise !== undefined && Object.values(values).includes(undefined)) return otherwise;
  return form.replace(/\{(\w+)\}/g, (_gap, name) => values[name]);
}

function bar(button) {
  tell({ name: "bar", product: button.dataset.bar });
  button.closest("li").remove();
  find("#question").focus({ preventScroll: true });
}

function compare(id, title) {
  compared.has(id) ? compared.delete(id) : compared.set(id, title);
  showCompared();
}

function showCompared() {
  for (const button of shop.querySelectorAll("[data-compare]"))
    button.setAttribute("aria-pressed", String(compared.has(button.dataset.compare)));
  const count = compared.size;
  find("#compare-bar").hidden = count === 0;
  find("#compare-now").disabled = count < 2;
  const state = count < 2 ? words.compare_pick : fill(words.compare_now, { count });
  find("#compare-state").textContent = state;
  announce(count ? state : "");
}

function compareNow() {
  const chosen = [...compared];
  compared.clear();
  showCompared();
  const names = chosen.map(([id, title]) => fill(words.compare_place, { place: place(id) }, title));
  ask(fill(words.compare_message, { titles: names.join(words.compare_and) }));
  find("#question").focus();
}

/* ---- the cart ---- */

function showCart(cart) {
  const keep = focusKey();
  find("#cart-body").innerHTML = cart.html;
  find("#cart-count").textContent = cart.count || "";
  find("#cart-button").setAttribute("aria-label", cart.label);
  if (keep) (find(keep) ?? find("#cart [data-close]")).focus();
}

function focusKey() {
  const held = document.activeElement;
  if (!held?.closest?.("#cart-body")) return null;
  if (held.dataset.quantityOf) return `[data-quantity-of="${CSS.escape(held.dataset.quantityOf)}"]`;
  const place = [...held.parentElement.querySelectorAll("button")].indexOf(held);
  const line = `[data-quantity-of="${CSS.escape(held.dataset.change ?? "")}"]`;
  return `.stepper:has(${line}) button:nth-of-type(${place + 1})`;
}

async function tell(data) {
  try {
    const answer = await act({ ...data, language: document.documentElement.lang });
    problem(answer.problem ?? "");
    if (answer.cart) showCart(answer.cart);
    if (answer.announce) announce(answer.announce);
    return answer;
  } catch {
    problem(words.error_lost);
    return { problem: words.error_lost };
  }
}

async function add(button) {
  button.disabled = true;
  const answer = await tell({ name: "add", variant: button.dataset.add });
  button.disabled = false;
  if (answer.problem) return button.focus();
  const before = button.innerHTML;
  button.textContent = words.added;
  button.classList.add("done");
  button.focus();
  setTimeout(() => ((button.innerHTML = before), button.classList.remove("done")), 1600);
}

/* ---- thumbs ---- */

async function thumb(button) {
  const box = button.closest("[data-turn]");
  const chosen = button.dataset.thumb;
  for (const one of box.querySelectorAll("[data-thumb]")) one.setAttribute("aria-pressed", String(one === button));
  for (const form of box.querySelectorAll("form")) form.hidden = form.dataset.reasons !== chosen;
  await tell({ name: "feedback", turn: box.dataset.turn, thumb: chosen, reason: "", text: "" });
}

async function reasons(form) {
  const box = form.closest("[data-turn]");
  const given = new FormData(form);
  const reason = given.get("reason") ?? "";
  const data = { name: "feedback", turn: box.dataset.turn, thumb: form.dataset.reasons, reason, text: given.get("text") };
  const answer = await tell(data);
  if (answer.problem) return;
  form.hidden = true;
  box.querySelector(".thanks").textContent = words.feedback_thanks;
  box.querySelector('[aria-pressed="true"]').focus();
}

/* ---- the frame: engine, colours, language, words to a screen reader ---- */

async function showEngine(engine) {
  find("#engine").innerHTML = engine.html;
  if (engine.settled) return;
  await new Promise((resolve) => setTimeout(resolve, 2000));
  if (!find("#engine .loading")) return;
  const answer = await tell({ name: "engine" });
  if (answer.engine) showEngine(answer.engine);
}

function showTheme() {
  const dark = document.documentElement.dataset.theme === "dark";
  find("[data-theme-switch]")?.setAttribute("aria-label", dark ? words.theme_light : words.theme_dark);
}

function switchTheme() {
  const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
  showTheme();
}

async function switchLanguage(language) {
  if (running) return problem(words.error_busy);
  document.cookie = `language=${language}; path=/; max-age=31536000; samesite=lax`;
  await show(language);
  find("[data-language]").focus();
}

function announce(text) {
  const line = document.createElement("p");
  line.textContent = text;
  const log = find("#announcer");
  log.append(line);
  while (log.children.length > 12) log.firstElementChild.remove();
}

function problem(text) {
  find("#problem").textContent = text;
}

function resize() {
  const box = find("#question");
  box.style.height = "auto";
  if (box.value) box.style.height = `${box.scrollHeight}px`;
}

async function startOver() {
  await fetch("/visit/fresh", { method: "POST" });
  location.reload();
}

/* ---- what people do ---- */

const clicks = [
  ["[data-ask]", (button) => (ask(button.dataset.ask), find("#question").focus({ preventScroll: true }))],
  ["[data-drop]", (button) => {
    const label = button.getAttribute("aria-label");
    ask(label, { drop: button.dataset.drop });
    find("#question").focus({ preventScroll: true });
  }],
  ["[data-add]", add],
  ["[data-about]", (button) => {
    talkAbout({ id: button.dataset.about, title: button.dataset.title });
    opened(button.dataset.about);
  }],
  ["[data-opened]", (link) => opened(link.dataset.opened)],
  ["[data-compare]", (button) => compare(button.dataset.compare, button.dataset.title)],
  ["[data-bar]", bar],
  ["#compare-now", compareNow],
  ["#compare-clear", () => (compared.clear(), showCompared(), find("#question").focus())],
  ["#about-clear", () => (talkAbout(null), find("#question").focus())],
  ["[data-change]", (button) => tell({ name: "change", variant: button.dataset.change, quantity: +button.dataset.quantity })],
  ["[data-open]", (button) => find(`#${button.dataset.open}`).showModal()],
  ["[data-close]", (button) => button.closest("dialog").close()],
  ["[data-thumb]", thumb],
  ["[data-theme-switch]", switchTheme],
  ["[data-language]", (button) => switchLanguage(button.dataset.language)],
  ["#stop", stop],
  ["#fresh", startOver],
];

shop.addEventListener("click", (event) => {
  if (event.target.tagName === "DIALOG") return event.target.close();
  const source = event.target.closest("sup a, .skip");
  if (source) {
    event.preventDefault();
    const place = document.getElementById(source.hash.slice(1));
    place?.scrollIntoView({ block: "nearest" });
    return place?.focus();
  }
  for (const [selector, handle] of clicks) {
    const button = event.target.closest(selector);
    if (button && !button.disabled) return handle(button);
  }
});

shop.addEventListener("submit", (event) => {
  if (event.target.method === "post") return;
  event.preventDefault();
  if (event.target.id === "ask") submit();
  else if (event.target.dataset.reasons) reasons(event.target);
});

shop.addEventListener("keydown", (event) => {
  if (event.target.id !== "question" || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});

shop.addEventListener("input", (event) => event.target.id === "question" && resize());

shop.addEventListener("change", (event) => {
  const variant = event.target.dataset.quantityOf;
  if (variant) tell({ name: "change", variant, quantity: Math.max(0, Math.trunc(+event.target.value || 0)) });
});

document.addEventListener(
  "error",
  (event) => {
    const picture = event.target;
    if (!picture.matches?.("#shop img")) return;
    if (picture.matches(".department img")) picture.remove();
    else if (!picture.src.endsWith("/page/placeholder.svg")) {
      picture.src = "/page/placeholder.svg";
      picture.alt = fill(words.picture_missing, { title: picture.alt });
    }
  },
  true,
);

window.addEventListener("regulars-theme", showTheme);
await show(languageWanted());
