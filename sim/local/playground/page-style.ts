/** After the styles of a pull request's own page. */
export const pageStyle = `
:root { --line: #d1d9e0; --soft: #f6f8fa; --coming: #9a6700; --settled: #1a7f37; --trouble: #cf222e; --leaving: #59636e; --gone: #818b98 }
* { box-sizing: border-box }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; color: #1f2328; background: #eef1f4 }
a { color: #0969da }
h1 { font-size: 1.1rem; margin: 0; white-space: nowrap } h1 .muted { font-weight: 400 }
h2 { font-size: 1rem; margin: 0 0 .5rem } #aws h3 { display: inline; font-size: .9rem; font-weight: 600; margin: 0 } .line > h2 { margin: 0 .25rem 0 0 }
:focus-visible { outline: 2px solid #0969da; outline-offset: 2px }
header { position: sticky; top: 0; z-index: 2; background: #fff; border-bottom: 1px solid var(--line); padding: .5rem 1.25rem }
.bar, .line { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem .5rem } .bar { gap: .4rem 1rem } .line { margin: .4rem 0 }
#mayfly { flex: 1 0 auto; font-size: .85rem } .time { display: flex; align-items: center; gap: .6rem; font-variant-numeric: tabular-nums }
#said { margin: .25rem 0 0; min-height: 1.5em; font-size: .9rem; color: #59636e } #said.trouble, #lost { color: var(--trouble) } #lost { margin: 0; font-weight: 600 }
main { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1rem; padding: 1rem 1.25rem; max-width: 110rem; margin: 0 auto }
footer { padding: 0 1.25rem 1rem; max-width: 110rem; margin: 0 auto; font-size: .85rem }
.card { background: #fff; border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; margin-bottom: 1rem }
#pull td { overflow-wrap: anywhere } #pull table { font-size: .9rem } #pull .text ul { padding-left: 1.25rem }
.card #pull h1 { white-space: normal; font-size: 1.25rem; font-weight: 500 } .card #pull h1 small { color: #59636e; font-weight: 300 }
fieldset { border: 0; padding: 0; margin: 0; min-width: 0 } fieldset.line { margin: .4rem 0 } legend { font-size: .85rem; color: #59636e; padding: 0; float: left; margin-right: .25rem }
.unseen, .speeds legend { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }
label { font-size: .85rem } .grow { flex: 1; display: flex; gap: .5rem; align-items: center; white-space: nowrap } .grow input { flex: 1; min-width: 6rem }
button { border-radius: 6px } button:hover:not(:disabled) { background: #eef1f4 } button:disabled { color: #818b98; cursor: default } button code { background: none; padding: 0 }
button.primary { background: #1f883d; border-color: #1f883d; color: #fff } button.primary:hover { background: #1a7f37 }
.pending { margin: .5rem 0 0; font-size: .85rem; color: var(--coming) }
.speeds { display: flex }
.speeds label { position: relative } .speeds input { position: absolute; opacity: 0; inset: 0; margin: 0; cursor: pointer }
.speeds span { display: block; padding: .15rem .6rem; border: 1px solid var(--line); margin-left: -1px; background: var(--soft) }
.speeds label:first-of-type span { border-radius: 6px 0 0 6px } .speeds label:last-of-type span { border-radius: 0 6px 6px 0 }
.speeds input:checked + span { background: #0969da; border-color: #0969da; color: #fff } .speeds input:focus-visible + span { outline: 2px solid #0969da; outline-offset: 2px }
.picker { position: relative; flex: 0 1 auto; min-width: 0; max-width: 18rem } nav { min-width: 0 } .picker summary { border: 1px solid var(--line); border-radius: 6px; padding: .15rem .6rem; background: var(--soft); white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
.picker ul { position: absolute; z-index: 3; margin: .25rem 0 0; padding: .25rem 0; list-style: none; background: #fff; border: 1px solid var(--line); border-radius: 8px; box-shadow: 0 8px 24px #0002; width: 34rem; max-width: 90vw; max-height: 70vh; overflow: auto }
.picker a { display: block; padding: .3rem .75rem; color: inherit; text-decoration: none } .picker a:hover, .picker a[aria-current] { background: var(--soft) } .picker .state { font-size: .7rem; padding: .1rem .5rem }
.total { display: flex; flex-wrap: wrap; gap: 0 1rem; margin: 0 0 .5rem } .total .muted { font-size: .8rem; width: 100% } .empty { color: #59636e; margin: .5rem 0 }
.coming { color: var(--coming) } .settled { color: var(--settled) } .trouble { color: var(--trouble) } .leaving { color: var(--leaving) } .gone { color: var(--gone) }
#aws section { padding: .35rem 0; border-top: 1px solid var(--line) } #aws summary { list-style-position: outside; margin-left: 1rem } #aws details > summary > h3 { margin-left: -.1rem }
ul.resources, ul.wire { list-style: none; margin: .2rem 0 0; padding: 0; font-size: .85rem }
ul.resources > li { display: grid; grid-template-columns: 1rem minmax(0, 5fr) minmax(0, 3fr) 7rem; gap: 0 .5rem; padding: .15rem 0 .3rem; color: inherit }
.resources .mark, .resources .word { color: var(--c) } .resources .name { overflow-wrap: anywhere } .resources .time { text-align: right; color: #59636e; font-size: .8rem; font-variant-numeric: tabular-nums; white-space: nowrap; display: block }
.resources .bar { grid-column: 2 / -1; display: block; height: 4px; background: #eef1f4; border-radius: 2px; overflow: hidden } .resources .bar i { display: block; height: 4px; border-radius: 2px; background: var(--c); opacity: .75; transition: width .2s linear, margin .2s linear }
li.coming, i.coming { --c: var(--coming) } li.settled, i.settled { --c: var(--settled) } li.trouble, i.trouble { --c: var(--trouble) } li.leaving, i.leaving { --c: var(--leaving) } li.gone, i.gone { --c: var(--gone) }
li.coming .mark, .dots i.coming, li.leaving .mark { animation: wait 1.4s ease-in-out infinite } li.gone { opacity: .5; text-decoration: line-through }
.dots i { display: inline-block; width: .55rem; height: .55rem; border-radius: 50%; background: var(--c); margin-left: .2rem; transition: background .4s } .dots i.leaving, .dots i.gone { opacity: .45 }
ul.wire > li { display: grid; grid-template-columns: 4.5rem minmax(0, 1fr) auto; gap: .5rem; font-variant-numeric: tabular-nums } ul.wire time { color: #59636e }
@keyframes wait { 50% { opacity: .35 } }
@media (prefers-reduced-motion: reduce) { *, *::before { animation: none !important; transition: none !important } }
/* Side by side, each column scrolls by itself, so that the AWS of a pull request is in sight wherever one reads of it. */
@media (min-width: 44.01rem) { body { display: flex; flex-direction: column; height: 100dvh } main { flex: 1; min-height: 0; width: 100%; padding-block: 0; grid-template-rows: minmax(0, 1fr) } .column { overflow-y: auto; padding: 1rem 2px 0 } footer { width: 100%; padding-block: .4rem; border-top: 1px solid var(--line) } }
@media (min-width: 44.01rem) and (min-height: 48rem) { .column > .card:first-child { position: sticky; top: 0; z-index: 1; box-shadow: 0 0 0 1rem #eef1f4 } .column { scroll-padding-top: 16rem } }
@media (max-width: 60rem) { header { position: static } main { padding: .75rem; gap: .75rem } ul.resources > li { grid-template-columns: 1rem minmax(0, 1fr) auto } .resources .word { grid-column: 2; grid-row: 2 } .resources .time { grid-column: 3; grid-row: 1 } .resources .bar { grid-row: 3 } }
@media (max-width: 44rem) { main { grid-template-columns: minmax(0, 1fr) } }
`;
