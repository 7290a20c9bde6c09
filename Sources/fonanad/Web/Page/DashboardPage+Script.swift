extension DashboardPage {
  static let main = #"""
    import { byID, set } from "./dom.js";
    import { showState, tick } from "./state.js";
    import { showHistory } from "./history.js";
    import { addLine, startLog } from "./log.js";
    import "./acts.js";

    const headline = byID("headline");
    let hasState = false;

    function head(text, state) {
      set(headline, text);
      headline.dataset.state = state;
    }

    const stream = new EventSource("events");
    stream.addEventListener("status", (event) => {
      const snapshot = JSON.parse(event.data);
      hasState = true;
      head(...showState(snapshot));
      showHistory(snapshot.diagnostics.connection, Date.parse(snapshot.now));
    });
    stream.addEventListener("past", (event) => startLog(JSON.parse(event.data)));
    stream.addEventListener("log", (event) => addLine(JSON.parse(event.data)));
    stream.addEventListener("error", () => {
      const last = hasState ? " What is shown here is how it was before." : "";
      head(
        stream.readyState === EventSource.CLOSED
          ? `This page is not served any more: type “fonana dashboard”.${last}`
          : `The daemon does not answer; it is tried again.${last}`, "fail");
    });
    setInterval(tick, 1000);
    """#

  /// Texts reach the page by `textContent` only.
  static let dom = #"""
    export const byID = (id) => document.getElementById(id);

    export function make(name, className, text) {
      const element = document.createElement(name);
      if (className) element.className = className;
      if (text !== undefined) element.textContent = text;
      return element;
    }

    /// Leaves alone what is the same already: no reader is told twice.
    export function set(element, text) {
      if (element.textContent !== text) element.textContent = text;
    }

    export const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

    /// 95 -> "1 min 35 s"
    export function span(seconds) {
      const s = Math.max(0, Math.round(seconds));
      if (s < 60) return `${s} s`;
      if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
      if (s < 172800) return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
      return `${Math.floor(s / 86400)} d ${Math.floor((s % 86400) / 3600)} h`;
    }

    export function size(bytes) {
      if (bytes < 1 << 20) return `${Math.round(bytes / 1024)} KiB`;
      return `${(bytes / (1 << 20)).toFixed(1)} MiB`;
    }

    const two = (number) => String(number).padStart(2, "0");

    /// The local time of day, with `parts` of hours, minutes and seconds.
    export function clock(text, parts = 3) {
      const at = new Date(text);
      return [at.getHours(), at.getMinutes(), at.getSeconds()].slice(0, parts).map(two).join(":");
    }
    """#
}
