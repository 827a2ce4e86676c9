"""How the HTML page looks: light and dark, on paper, with colours that a colour-blind reader can tell apart."""

STYLE = """
:root { color-scheme: light dark; --page: #fff; --ink: #1c2024; --faint: #5c6670; --line: #d5dade;
    --panel: #f5f7f8; --good: #1a6b3c; --bad: #b3261e; --link: #0b57a4; --hint: #fff6dd; --hintline: #c98a00;
    --cell: #eaeef1; --mark: #ffe0cc;
    --low: #1c1206; --high: #fff; --shade1: #fee0b8; --shade2: #fdb863; --shade3: #e8862a; --shade4: #b4500f;
    --shade5: #7f2704; --odd: #4b2e83; }
@media (prefers-color-scheme: dark) {
  :root { --page: #15181b; --ink: #e6e9ec; --faint: #a2acb5; --line: #39414a; --panel: #1e2328; --good: #6fd19a;
    --bad: #ff9a8f; --link: #8cc4ff; --hint: #2d2816; --hintline: #e0ad3c; --cell: #2a3138; --mark: #6b3410;
    --low: #fff; --high: #1c1206; --shade1: #5a2a0a; --shade2: #8f3d08; --shade3: #c4640f; --shade4: #f59b3f;
    --shade5: #ffe3b5; --odd: #b79cf2; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1.25rem 4rem; max-width: 60rem; background: var(--page); color: var(--ink);
    overflow-wrap: anywhere;
    font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: .2rem 0 .6rem; }
h2 { font-size: 1.25rem; margin: 0; }
h2 code { font-size: inherit; }
h3 { font-size: 1rem; margin: 0 0 .35rem; }
p { margin: .35rem 0; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link);
    outline-offset: 2px; }
code, pre, .array td { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
    font-size: .875rem; }
pre { margin: .4rem 0; padding: .6rem .8rem; background: var(--panel); border: 1px solid var(--line);
    border-radius: 6px; overflow: auto; max-height: 26rem; line-height: 1.4; }
.course, .about, .faint { color: var(--faint); }
.course { margin: 0; }
.score { font-size: 1.35rem; font-weight: 650; margin: .5rem 0 .2rem; }
progress { width: 100%; height: .8rem; accent-color: var(--good); }
.next { margin: .8rem 0; padding: .6rem .9rem; border-left: 4px solid var(--link); background: var(--panel); }
.about { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 1rem 0; font-size: .9rem; }
.about dt { grid-column: 1; }
.about dd { grid-column: 2; margin: 0; overflow-wrap: anywhere; }
.functions { border-collapse: collapse; margin: 1.2rem 0; }
.functions th, .functions td { text-align: left; padding: .3rem 2rem .3rem 0;
    border-bottom: 1px solid var(--line); font-weight: 400; }
.functions thead th { color: var(--faint); font-size: .85rem; }
.functions .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.right-sign { color: var(--good); }
.wrong-sign { color: var(--bad); }
.waits-sign { color: var(--faint); }
.right-sign, .wrong-sign, .waits-sign { font-weight: 650; white-space: nowrap; }
.function { margin: 1.6rem 0 0; padding-top: 1rem; border-top: 1px solid var(--line); scroll-margin-top: 1rem; }
.function > header { display: flex; flex-wrap: wrap; gap: .2rem 1rem; align-items: baseline; margin-bottom: .5rem; }
.check { margin: .8rem 0 1.2rem; padding-left: 1rem; border-left: 3px solid var(--bad); }
.hint { margin: .7rem 0; padding: .55rem .9rem; background: var(--hint); border-left: 4px solid var(--hintline);
    border-radius: 0 6px 6px 0; }
details { margin: .5rem 0; }
summary { cursor: pointer; color: var(--faint); padding: .15rem 0; }
.shapes { display: flex; flex-wrap: wrap; gap: .3rem 2.5rem; margin: .6rem 0; }
.shapes dt { color: var(--faint); font-size: .85rem; }
.shapes dd { margin: 0; }
.shapes code { font-size: 1.05rem; }
.pair { display: flex; flex-wrap: wrap; gap: .4rem 2rem; align-items: flex-start; }
figure { margin: .6rem 0; max-width: 100%; min-width: 0; }
figcaption, caption { color: var(--faint); font-size: .85rem; text-align: left; padding-bottom: .2rem; }
.scroll { overflow: auto; max-height: 26rem; }
.array { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.functions, .array { overflow-wrap: normal; }
.array td, .array th { border: 1px solid var(--line); padding: .15rem .5rem; text-align: right; font-size: .875rem;
    white-space: nowrap; }
.array th { color: var(--faint); font-weight: 400; }
mark { background: var(--mark); color: inherit; font-weight: 650; padding: 0 .2rem; text-decoration: underline; }
svg { max-width: 100%; height: auto; display: block; }
svg text { font: 12px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; text-anchor: middle; }
.right rect { fill: var(--cell); }
.right text { fill: var(--faint); }
td.right { color: var(--faint); }
.shade1 rect { fill: var(--shade1); }
td.shade1 { background: var(--shade1); color: var(--low); }
.shade2 rect { fill: var(--shade2); }
td.shade2 { background: var(--shade2); color: var(--low); }
.shade3 rect { fill: var(--shade3); }
td.shade3 { background: var(--shade3); color: var(--low); }
.shade4 rect { fill: var(--shade4); }
td.shade4 { background: var(--shade4); color: var(--high); }
.shade5 rect { fill: var(--shade5); }
td.shade5 { background: var(--shade5); color: var(--high); }
.odd rect { fill: var(--odd); }
.shade1 text, .shade2 text, .shade3 text { fill: var(--low); }
.shade4 text, .shade5 text, .odd text { fill: var(--high); }
td.hit { background: var(--cell); font-weight: 650; }
polyline.curve { fill: none; stroke: var(--link); stroke-width: 2.5; }
circle.curve { fill: var(--link); }
.plot text { fill: var(--faint); text-anchor: start; }
.goal { stroke: var(--bad); stroke-width: 2; stroke-dasharray: 7 5; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  pre, .scroll { max-height: none; overflow: visible; white-space: pre-wrap; }
  .twice { display: none; }
  .check, figure, tr { break-inside: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
