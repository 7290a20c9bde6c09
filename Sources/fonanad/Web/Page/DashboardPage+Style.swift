extension DashboardPage {
  static let style = #"""
    :root {
      color-scheme: light dark;
      --page: #f6f7f9; --card: #fff; --text: #1b1f24; --dim: #525a65; --line: #cfd5dd;
      --accent: #1a56b0; --on-accent: #fff; --ok: #1a6b35; --warn: #8a5300; --fail: #b3261e;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #14171b; --card: #1d2126; --text: #e7eaee; --dim: #a9b2bd; --line: #3c444e;
        --accent: #8ab8ff; --on-accent: #0c1a30; --ok: #6fd08c; --warn: #f0b75a; --fail: #ff8f86;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0 auto; padding: 1rem; max-width: 75rem; background: var(--page); color: var(--text);
      font: 1rem/1.45 system-ui, sans-serif; overflow-wrap: anywhere;
    }
    h1 { font-size: 1.35rem; margin: 0; }
    h2 { font-size: 1.1rem; margin: 0 0 .6rem; }
    h3 { font-size: .95rem; margin: 0 0 .4rem; }
    p, ul, ol { margin: .4rem 0; }
    main > section { margin: 1.2rem 0; padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
    #headline { font-weight: 600; }
    #headline[data-state=ok]::before, .ok > .mark { color: var(--ok); }
    #headline[data-state=fail], .fail > .mark { color: var(--fail); }
    .warn > .mark { color: var(--warn); }
    .skip > .mark, .dim { color: var(--dim); }

    #cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); }
    .card { border-top: 2px solid var(--line); padding-top: .5rem; }
    dl { margin: 0; display: grid; grid-template-columns: minmax(6.5rem, auto) 1fr; gap: .15rem .7rem; }
    dt { color: var(--dim); }
    dd { margin: 0; }

    #history svg { display: block; width: 100%; height: 7rem; background: var(--page); border-bottom: 1px solid var(--line); }
    .succeeded { fill: var(--ok); background: var(--ok); }
    .failed { fill: var(--fail); background: var(--fail); }
    .lost { fill: var(--warn); background: var(--warn); }
    .axis { display: flex; justify-content: space-between; color: var(--dim); margin: .2rem 0; font-size: .85rem; }
    .legend { display: flex; flex-wrap: wrap; gap: 1rem; list-style: none; padding: 0; }
    .swatch { display: inline-block; width: .8rem; height: .8rem; margin-right: .4rem; }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; }
    th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--line); }

    button, select, input { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--dim); border-radius: .35rem; padding: .4rem .8rem; min-height: 2.5rem; }
    button { cursor: pointer; background: var(--accent); color: var(--on-accent); border-color: var(--accent); }
    button.grave { background: var(--card); color: var(--fail); border-color: var(--fail); }
    button[aria-disabled=true] { opacity: 1; background: var(--card); color: var(--dim); border: 1px dashed var(--dim); cursor: default; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    #acts, #filters, .choices { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; }
    #verdict { min-height: 1.45em; font-weight: 600; }
    #steps { list-style: none; padding: 0; }
    #steps li { border-top: 1px solid var(--line); padding: .35rem 0; }
    #steps .mark { display: inline-block; min-width: 3rem; font-weight: 600; }
    #steps p { margin: .1rem 0 .1rem 3rem; }

    #search { width: 12rem; max-width: 100%; }
    fieldset { border: 0; padding: 0; margin: 0; min-width: 0; width: 100%; }
    legend { padding: 0; color: var(--dim); }
    #categories { display: flex; flex-wrap: wrap; gap: .2rem 1rem; }
    #categories label { display: inline-flex; align-items: center; gap: .35rem; min-height: 2rem; }
    #categories input { min-height: 0; width: 1.1rem; height: 1.1rem; }
    #lines { height: 24rem; overflow-y: auto; border: 1px solid var(--line); background: var(--page); padding: .4rem; }
    #list { list-style: none; padding: 0; margin: 0; font: .85rem/1.4 ui-monospace, monospace; }
    #list li { padding: .05rem 0; }
    #list .warning { color: var(--warn); }
    #list .error, #list .critical { color: var(--fail); }
    dialog { max-width: 30rem; background: var(--card); color: var(--text); border: 1px solid var(--dim); border-radius: .5rem; }
    dialog::backdrop { background: rgb(0 0 0 / .5); }
    footer { color: var(--dim); font-size: .85rem; }
    [hidden] { display: none !important; }
    @media (max-width: 30rem) {
      body { padding: .6rem; }
      main > section { padding: .7rem; }
      #acts button { width: 100%; }
      #steps p { margin-left: 0; }
      dl { grid-template-columns: 6.5rem 1fr; }
    }
    """#
}
