import ControlProtocol

extension DashboardPage {
  private static let categories =
    "[\(LogCategory.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))]"

  /// The newest 500 lines, of which those are shown that fit.
  static let log = #"""
    import { byID, clock, make, plural, set } from "./dom.js";

    const MOST = 500;
    const LEVELS = ["trace", "debug", "info", "notice", "warning", "error", "critical"];
    const CATEGORIES = \#(categories);
    const list = byID("list"), frame = byID("lines"), pause = byID("pause");
    const level = byID("level"), search = byID("search");
    const chosen = new Set(CATEGORIES);
    let entries = [];  // what the page holds: { line, text, element }
    let waiting = [];  // what has come since the last picture, or during the pause
    let isPaused = false, isDue = false;

    const quoted = (text) => /^[^ "=]+$/.test(text) ? text : `"${text.replaceAll('"', '\\"')}"`;

    function textOf(line) {
      const fields = Object.keys(line.fields).sort().map((key) => `${key}=${quoted(line.fields[key])}`);
      const words = [line.stage, line.message, ...fields].filter(Boolean);
      return `${clock(line.at)} ${line.level} [${line.category}] ${words.join(" ")}`;
    }

    function fits({ line, text }) {
      return LEVELS.indexOf(line.level) >= LEVELS.indexOf(level.value)
        && (chosen.has(line.category) || !CATEGORIES.includes(line.category))
        && text.toLowerCase().includes(search.value.trim().toLowerCase());
    }

    function count() {
      const fitting = entries.filter((entry) => !entry.element.hidden).length;
      const rest = isPaused ? `; paused, ${waiting.length} new` : "";
      set(byID("count"), `${fitting} of ${plural(entries.length, "line")}${rest}`);
    }

    function append(lines) {
      const isAtEnd = frame.scrollHeight - frame.scrollTop - frame.clientHeight < 40;
      for (const line of lines) {
        const text = textOf(line);
        const entry = { line, text, element: make("li", line.level, text) };
        entry.element.hidden = !fits(entry);
        entries.push(entry);
        list.append(entry.element);
      }
      for (const old of entries.splice(0, entries.length - MOST)) old.element.remove();
      if (isAtEnd) frame.scrollTop = frame.scrollHeight;
      count();
    }

    function filter() {
      for (const entry of entries) entry.element.hidden = !fits(entry);
      frame.scrollTop = frame.scrollHeight;
      count();
    }

    /// The stream has begun, or begun again.
    export function startLog(lines) {
      for (const entry of entries) entry.element.remove();
      [entries, waiting] = [[], []];
      append(lines);
    }

    /// A picture is made once a frame however many come, and none while nobody sees the page.
    export function addLine(line) {
      waiting.push(line);
      if (waiting.length > MOST) waiting.shift();
      if (isDue) return;
      isDue = true;
      requestAnimationFrame(show);
    }

    function show() {
      isDue = false;
      if (isPaused) return count();
      const lines = waiting;
      waiting = [];
      append(lines);
    }

    pause.addEventListener("click", () => {
      isPaused = !isPaused;
      pause.setAttribute("aria-pressed", String(isPaused));
      show();
    });
    for (const category of CATEGORIES) {
      const label = make("label"), box = make("input");
      box.type = "checkbox";
      box.checked = true;
      box.value = category;
      box.addEventListener("change", () => {
        if (box.checked) chosen.add(category);
        else chosen.delete(category);
        filter();
      });
      label.append(box, category);
      byID("categories").append(label);
    }
    level.addEventListener("change", filter);
    search.addEventListener("input", filter);
    """#
}
