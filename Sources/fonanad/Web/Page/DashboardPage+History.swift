extension DashboardPage {
  /// The picture of the last day, its reasons, and the same as a table.
  static let history = #"""
    import { byID, clock, make, plural, set } from "./dom.js";

    const WIDTH = 960, HEIGHT = 110;
    let last = "";

    const svg = (name, attributes) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      return element;
    };

    const words = (p) => `${plural(p.attempts, "attempt")}, ${p.succeeded} succeeded, `
      + `${p.failed} failed, ${p.lost} lost later`;

    /// A column for a period: what succeeded stands lowest.
    function column(period, left, width, unit) {
      const group = svg("g", {});
      const title = svg("title", {});
      title.textContent = `${clock(period.from, 2)}: ${words(period)}`;
      group.append(title);
      let bottom = HEIGHT;
      for (const kind of ["succeeded", "failed", "lost"]) {
        const height = period[kind] * unit;
        if (height === 0) continue;
        bottom -= height;
        group.append(svg("rect", { class: kind, x: left, y: bottom, width: width - 1, height }));
      }
      return group;
    }

    function picture(periods, seconds, now) {
      const count = 86400 / seconds, width = WIDTH / count;
      const most = Math.max(4, ...periods.map((p) => p.succeeded + p.failed + p.lost));
      const image = svg("svg", {
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img",
        "aria-labelledby": "history-summary",
      });
      const current = Math.floor(now / 1000 / seconds);
      for (const period of periods) {
        const age = current - Math.floor(Date.parse(period.from) / 1000 / seconds);
        if (age < 0 || age >= count) continue;
        image.append(column(period, (count - 1 - age) * width, width, HEIGHT / most));
      }
      return image;
    }

    function row(period) {
      const row = make("tr");
      const from = make("th", "", clock(period.from, 2));
      from.scope = "row";
      row.append(from, ...["attempts", "succeeded", "failed", "lost"]
        .map((kind) => make("td", "", String(period[kind]))));
      return row;
    }

    function reasons(periods) {
      const counts = new Map();
      for (const { reason, count } of periods.flatMap((p) => p.reasons)) {
        counts.set(reason, (counts.get(reason) ?? 0) + count);
      }
      const sorted = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 8);
      const items = sorted.map(([reason, count]) => make("li", "", `${count} × ${reason}`));
      return items.length ? items : [make("li", "dim", "Nothing has failed.")];
    }

    export function showHistory({ periods, periodSeconds }, now) {
      const key = JSON.stringify([periods, Math.floor(now / 1000 / periodSeconds)]);
      if (key === last) return;
      last = key;
      const sum = { attempts: 0, succeeded: 0, failed: 0, lost: 0 };
      for (const p of periods) for (const kind of Object.keys(sum)) sum[kind] += p[kind];
      set(byID("history-summary"), `${words(sum)}.`);
      byID("history").replaceChildren(picture(periods, periodSeconds, now));
      byID("reasons").replaceChildren(...reasons(periods));
      byID("periods").replaceChildren(...periods.map(row));
    }
    """#
}
