extension DashboardPage {
  /// The buttons: each step is shown as it comes.
  static let acts = #"""
    import { byID, make, set } from "./dom.js";

    const buttons = [...document.querySelectorAll("[data-act]")];
    const verdict = byID("verdict"), steps = byID("steps"), sure = byID("sure");
    let isBusy = false;

    function show(step) {
      const item = make("li", step.status);
      item.append(
        make("span", "mark", step.status), make("strong", "", step.title),
        make("span", "dim", ` ${step.durationMs} ms`), make("p", "", step.detail));
      if (step.tried) item.append(make("p", "dim", `tried: ${step.tried}`));
      if (step.hint) item.append(make("p", "", `What to do: ${step.hint}`));
      steps.append(item);
    }

    /// Calls `each` with every line of the answer, whole, as it comes.
    async function lines(answer, each) {
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        const parts = (rest + value).split("\n");
        rest = parts.pop();
        for (const part of parts) each(JSON.parse(part));
      }
    }

    async function run(act, name) {
      const answer = await fetch(`act/${act}`, { method: "POST" });
      if (!answer.ok) return `${name}: ${(await answer.text()).trim()}`;
      let end = null;
      await lines(answer, (line) => {
        if (line.ended) end = line;
        else show(line);
      });
      if (!end) return `${name}: the daemon did not end it.`;
      return end.ok ? `${name}: all is well.` : `${name}: the first step marked “fail” is to blame.`;
    }

    async function start(button) {
      const { act } = button.dataset, name = button.textContent;
      isBusy = true;
      for (const each of buttons) each.setAttribute("aria-disabled", "true");
      steps.replaceChildren();
      set(verdict, `${name}: at work…`);
      try {
        set(verdict, await run(act, name));
      } catch {
        set(verdict, `${name}: the daemon does not answer.`);
      }
      for (const each of buttons) each.removeAttribute("aria-disabled");
      isBusy = false;
    }

    for (const button of buttons) {
      button.addEventListener("click", () => {
        if (isBusy) return;
        if (button.dataset.act === "forget") sure.showModal();
        else start(button);
      });
    }
    byID("sure-no").addEventListener("click", () => sure.close());
    byID("sure-yes").addEventListener("click", () => {
      sure.close();
      start(buttons.find((button) => button.dataset.act === "forget"));
    });
    """#
}
