// One conversation on the page: turns made of a message and patches that arrive over time.
// A patch is {slot, html, mode: "put" | "add", subject, announce}; its html was escaped where it was made.

// Products stand beside the words where there is room, above them on a phone.
const SLOTS = ["text", "question", "proposal", "basket", "handoff", "sources", "suggestions", "feedback"];

export class Turns {
  constructor(list, announce) {
    this.list = list;
    this.announce = announce;
  }

  /** Adds a turn with the shopper's words and returns its element. */
  begin(id, message, { language, youSaid, waiting }) {
    const turn = document.createElement("li");
    turn.className = "turn";
    turn.id = id;
    turn.lang = language;
    turn.tabIndex = -1;
    if (message) turn.append(said(message, youSaid));
    turn.append(slot("understood"));
    const reply = document.createElement("div");
    reply.className = "reply";
    const words = document.createElement("div");
    words.className = "words";
    SLOTS.forEach((name) => words.append(slot(name)));
    if (waiting) words.prepend(waitingLine(waiting));
    reply.append(slot("cards"), words);
    turn.append(reply);
    this.list.append(turn);
    return turn;
  }

  /** Applies one patch to a turn. */
  apply(turn, patch, quiet = false) {
    const place = turn.querySelector(`[data-slot="${patch.slot}"]`);
    if (patch.language) turn.lang = patch.language;
    if (patch.mode === "add") addSentence(place, patch);
    else place.innerHTML = patch.html;
    if (patch.announce && !quiet) this.announce(patch.announce);
  }

  /** Says what is still awaited, or, with nothing, that the turn is over. */
  wait(turn, words) {
    const line = turn.querySelector(".waiting");
    if (line && !words) line.remove();
    else if (line) {
      line.textContent = words;
      turn.querySelector(".text").after(line);
    }
  }

  /** Only the latest turn's conditions, answers and suggestions can still be used. */
  retire() {
    for (const turn of this.list.children) {
      turn.querySelectorAll("[data-drop]").forEach((button) => (button.disabled = true));
      turn.querySelectorAll(".choices button").forEach((button) => (button.disabled = true));
      turn.querySelector('[data-slot="suggestions"]').replaceChildren();
    }
  }
}

function slot(name) {
  const place = document.createElement("div");
  place.className = name;
  place.dataset.slot = name;
  return place;
}

function said(message, youSaid) {
  const bubble = document.createElement("p");
  bubble.className = "said";
  const who = document.createElement("span");
  who.className = "hidden";
  who.textContent = youSaid + " ";
  bubble.append(who, message);
  return bubble;
}

function waitingLine(words) {
  const line = document.createElement("p");
  line.className = "waiting";
  line.textContent = words;
  return line;
}

function addSentence(place, patch) {
  let paragraph = place.lastElementChild;
  if (!paragraph || paragraph.dataset.subject !== patch.subject) {
    paragraph = document.createElement("p");
    paragraph.dataset.subject = patch.subject;
    place.append(paragraph);
  } else if (place.closest(".turn").lang !== "zh") paragraph.append(" ");
  paragraph.insertAdjacentHTML("beforeend", patch.html);
}
