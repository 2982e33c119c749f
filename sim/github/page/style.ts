/** The frame of a page of its own. */
export const frameStyle = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; color: #1f2328; background: #fff }
header, main, footer { max-width: 62rem; margin: 0 auto; padding: .75rem 1.25rem }
header { border-bottom: 1px solid #d1d9e0 } header a { font-weight: 600 }
h1 { font-size: 1.5rem; font-weight: 500; margin: .5rem 0 } h1 small { color: #59636e; font-weight: 300 }
`;

/** What a pull request is drawn with, wherever it is shown. */
export const contentStyle = `
a { color: #0969da; text-decoration: none } a:hover { text-decoration: underline }
.state { color: #fff; border-radius: 2rem; padding: .2rem .75rem; font-size: .85rem; font-weight: 500 }
.open { background: #1f883d } .closed { background: #cf222e } .merged { background: #8250df } .draft { background: #59636e }
.label { border: 1px solid #d1d9e0; border-radius: 2rem; padding: .05rem .6rem; font-size: .8rem; margin-right: .3rem }
.box { border: 1px solid #d1d9e0; border-radius: 6px; margin: 1rem 0 }
.box > h2, .box > .by { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; font-size: .9rem; margin: 0; padding: .5rem 1rem; border-radius: 6px 6px 0 0 }
.box h3 { font-size: 1.2em; font-weight: 600; margin: .5rem 0 } .text > :first-child { margin-top: .25rem } .text > :last-child { margin-bottom: .25rem }
.box > .by { color: #59636e } .box > div.text { padding: .5rem 1rem; overflow-x: auto }
ul.rows { list-style: none; margin: 0; padding: 0 } ul.rows > li { padding: .5rem 1rem; border-top: 1px solid #d1d9e0 } ul.rows > li:first-child { border-top: 0 }
table { border-collapse: collapse } th, td { border: 1px solid #d1d9e0; padding: .3rem .7rem }
code { background: #eff1f3; padding: .1rem .3rem; border-radius: 4px; font-size: .88em } pre { background: #f6f8fa; padding: 1rem; overflow: auto } pre code { background: none; padding: 0 }
blockquote { border-left: 4px solid #d1d9e0; color: #59636e; margin: 0; padding: 0 1rem }
details > summary { cursor: pointer } .muted { color: #59636e } form { display: inline } form.wide { display: block; margin: .6rem 0 }
button { font: inherit; font-size: .85rem; border: 1px solid #d1d9e0; background: #f6f8fa; border-radius: 6px; padding: .2rem .75rem; cursor: pointer }
input, select, textarea { font: inherit; border: 1px solid #d1d9e0; border-radius: 6px; padding: .2rem .5rem } textarea { width: 100%; box-sizing: border-box }
`;
