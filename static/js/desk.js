// The one entry point: every screen loads this and each part looks for what it serves.
import { startBoard } from "./board.js";
import { startBulk } from "./bulk.js";
import { startDrafts } from "./drafts.js";
import { startFinder } from "./finder.js";
import { startFrame } from "./frame.js";
import { startIdle } from "./idle.js";
import { startKeyboard } from "./keyboard.js";
import { showNames } from "./names.js";
import { startOnce } from "./once.js";
import { startPhotos } from "./photos.js";
import { startPickers } from "./pickers.js";
import { startRows } from "./rows.js";
import { startSide } from "./side.js";
import { startSignatures } from "./signature.js";
import { startWhen } from "./when.js";

/** What a piece of page needs, the whole page at first and what htmx swaps in later. */
function dress(part) {
  startPickers(part);
  startWhen(part);
  startPhotos(part);
  startSignatures(part);
  startRows(part);
  showNames(part);
}

function start() {
  startFrame();
  startFinder();
  startKeyboard();
  startOnce();
  startBulk();
  startBoard();
  dress(document);
  startSide();
  startDrafts();
  startIdle();
  document.body.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body) dress(event.detail.elt);
  });
}

start();
