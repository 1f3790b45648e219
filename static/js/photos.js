// Photos by camera, file, paste or drop: all end in one file input, shown as thumbnails that can be taken out again.

function isPicture(file) {
  return file.type.startsWith("image/") || /\.(heic|heif)$/i.test(file.name);
}

function thumbnail(file) {
  if (/heic|heif/i.test(file.type + file.name)) return Object.assign(document.createElement("span"), { className: "photo-file", textContent: file.name.slice(-16) });
  const picture = new Image();
  picture.alt = file.name;
  picture.src = URL.createObjectURL(file);
  picture.addEventListener("load", () => URL.revokeObjectURL(picture.src), { once: true });
  return picture;
}

class Photos {
  constructor(box) {
    this.box = box;
    this.input = box.querySelector("[data-photos-input]");
    this.strip = box.querySelector(".photo-strip");
    this.max = Number(box.dataset.photosMax || 8);
    this.files = [];
    this.listen();
  }

  listen() {
    const drop = this.box.querySelector(".photo-drop");
    this.input.addEventListener("change", () => this.add(this.input.files));
    const camera = this.box.querySelector("[data-photos-camera]");
    camera?.addEventListener("change", () => { this.add(camera.files); camera.value = ""; });
    drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("is-over"); });
    drop.addEventListener("dragleave", () => drop.classList.remove("is-over"));
    drop.addEventListener("drop", (event) => { event.preventDefault(); drop.classList.remove("is-over"); this.add(event.dataTransfer.files); });
    document.addEventListener("paste", (event) => { if (event.clipboardData?.files.length) this.add(event.clipboardData.files); });
  }

  add(files) {
    const fresh = [...files].filter(isPicture).filter((file) => !this.files.some((old) => old.name === file.name && old.size === file.size && old.lastModified === file.lastModified));
    this.files = [...this.files, ...fresh].slice(0, this.max);
    this.show();
  }

  take(file) {
    this.files = this.files.filter((each) => each !== file);
    this.show();
    this.input.focus();
  }

  show() {
    const carrier = new DataTransfer();
    this.files.forEach((file) => carrier.items.add(file));
    this.input.files = carrier.files;
    this.strip.replaceChildren(...this.files.map((file) => this.item(file)));
  }

  item(file) {
    const item = document.createElement("li");
    const off = Object.assign(document.createElement("button"), { type: "button", className: "photo-off", textContent: "×", ariaLabel: `去掉 ${file.name}` });
    off.addEventListener("click", () => this.take(file));
    item.append(thumbnail(file), off);
    return item;
  }
}

export function startPhotos(part) {
  part.querySelectorAll("[data-photos]").forEach((box) => new Photos(box));
}
