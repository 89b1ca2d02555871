/** The page's only style: no font, image or script is fetched. Colours have at least 4.5:1 against their ground, in both schemes. */
export const pageStyle = `
:root{--paper:#fcfcfa;--card:#fff;--ink:#1d2125;--muted:#565d64;--rule:#d8dad6;--accent:#175c74;--track:#e3e6e4;--good:#1c6839;--bad:#a4242c;--warn:#7b4f00;
--good-ground:#edf5ef;--bad-ground:#fbeeee;--warn-ground:#fbf3e2}
@media (prefers-color-scheme:dark){:root{--paper:#14171a;--card:#1b1f23;--ink:#e7e8e5;--muted:#a7aeb4;--rule:#363c41;--accent:#79bcd4;--track:#30363b;--good:#7fce9b;
--bad:#f2989c;--warn:#e5bd6c;--good-ground:#18261d;--bad-ground:#2c1b1c;--warn-ground:#29220f}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:68rem;margin:0 auto;padding:0 1.25rem}
h1,h2,h3,.value{line-height:1.2;font-weight:600;text-wrap:balance}
h1{font-size:1.7rem;margin:.2rem 0 .5rem}
h1::first-letter{text-transform:uppercase}
h2{font-size:1.3rem;margin:0 0 .75rem}
h3{font-size:1rem;margin:1.75rem 0 .5rem}
p{margin:.4rem 0}
.over{margin-top:2rem;color:var(--muted)}
.muted,.distance{color:var(--muted)}
time,.distance,.whole,.legend{white-space:nowrap}
.legend{margin-right:.6rem}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.86em}
pre{background:var(--card);border:1px solid var(--rule);border-radius:6px;padding:.75rem;white-space:pre-wrap}
section{margin:2.75rem 0}
.rehearsal{margin:0;padding:.6rem 1.25rem;text-align:center;color:var(--warn);background:var(--warn-ground);border-bottom:3px double var(--warn)}
.outcome{border:1px solid var(--rule);border-left:6px solid var(--tone);border-radius:6px;background:var(--card);padding:1.25rem}
.outcome.good{--tone:var(--good)}.outcome.bad{--tone:var(--bad)}.outcome.warn{--tone:var(--warn)}
.outcome h2{font-size:1.6rem;color:var(--tone)}
.badge{display:inline-block;min-width:2.2rem;text-align:center;border:2px solid var(--tone);border-radius:50%;line-height:2rem;font-size:1.2rem}
.lead{font-size:1.12rem;max-width:48rem}
.hold{margin:1rem 0;padding:.75rem 1rem;background:var(--warn-ground);border-radius:6px}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:1.25rem 2rem;margin-top:1.25rem}
.figure h3{margin:0;font-size:.9rem;font-weight:500;color:var(--muted)}
.value{font-size:1.5rem;margin:.15rem 0;font-variant-numeric:tabular-nums}
.about{margin:.15rem 0;font-size:.9rem;color:var(--muted)}
.not-proven{border:1px solid var(--warn);border-left-width:6px;border-radius:6px;background:var(--warn-ground);padding:1.25rem}
.not-proven h2{color:var(--warn)}
ul{margin:.4rem 0;padding-left:1.25rem}
li{margin:.3rem 0}
.sign{font-weight:600;white-space:nowrap}.sign.good{color:var(--good)}.sign.bad{color:var(--bad)}.sign.warn{color:var(--warn)}.sign.muted{font-weight:400}
table{table-layout:fixed;border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem;font-size:.92rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--muted);padding-bottom:.4rem}
th,td{text-align:left;vertical-align:top;padding:.5rem 1rem .5rem 0;border-top:1px solid var(--rule);font-weight:400}
thead th{border-top:0;color:var(--muted);font-size:.85rem}
code.id{color:var(--muted);display:block}
td p{margin:0}
.mark{font-size:1.1em;color:var(--accent)}
.facts{margin:.5rem 0 1rem}
.facts div{display:grid;grid-template-columns:14rem 1fr;gap:.25rem 1.5rem;padding:.4rem 0;border-top:1px solid var(--rule);font-size:.92rem}
dt{color:var(--muted)}dd{margin:0}
dd ul{margin:0}
svg{display:block;overflow:visible}
.bar{margin:.35rem 0}
.bar .track{fill:var(--track)}.bar .within{fill:var(--accent)}.bar .over{fill:var(--bad)}.bar .objective{fill:var(--ink)}
.share{max-width:10rem}
.swatch{display:inline-block;vertical-align:-1px}
.gantt{margin:1rem 0}
.gantt .row{display:grid;grid-template-columns:15rem 1fr;gap:0 1rem;align-items:center}
.gantt .row .name{font-size:.85rem;text-align:right}
.gantt .axis{align-items:end}
.procedure{margin:.5rem 0 .1rem;padding-top:.3rem;border-top:1px solid var(--rule);font-size:.9rem}
.procedure::first-letter{text-transform:uppercase}
.moment{stroke:var(--rule);stroke-width:1}
.axis .moment{stroke:var(--muted)}
.axis text{fill:var(--accent);font-size:15px}
.try{fill:var(--accent)}
.try.failed{fill:none;stroke:var(--bad);stroke-width:2;stroke-dasharray:3 2}
.try.open{fill:none;stroke:var(--muted);stroke-width:2}
footer{color:var(--muted);font-size:.85rem;border-top:1px solid var(--rule);margin-top:3rem;padding-top:1rem;padding-bottom:2rem}
@media screen and (max-width:44rem){
header,main,footer{padding:0 1rem}
h1{font-size:1.35rem}
section{margin:2rem 0}
.outcome,.not-proven{padding:1rem}
.figures{grid-template-columns:1fr}
.facts div,.gantt .row{grid-template-columns:1fr}
.gantt .row .name{text-align:left;margin-top:.2rem}
table,caption,tbody,tr,th,td{display:block}
td:empty{display:none}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tr{padding:.5rem 0;border-top:1px solid var(--rule)}
th,td{border:0;padding:.1rem 0}
tbody th{font-weight:600}
td::before{content:attr(data-label) ": ";color:var(--muted)}
.share{max-width:none}
}
@media print{
@page{size:A4;margin:18mm 16mm 20mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt system-ui,sans-serif;color:#565d64}}
:root{--paper:#fff;--card:#fff;--ink:#000;--muted:#444;--rule:#bbb;--accent:#175c74;--track:#e3e6e4;--good:#1c6839;--bad:#a4242c;--warn:#7b4f00;--warn-ground:#fff}
html{font-size:9.5pt}
body{font-size:1rem}
header,main,footer{max-width:none;padding:0}
section{margin:7mm 0}
h2,h3,caption,.procedure{break-after:avoid}
tr,.figure,.facts div,.gantt .row,li,.not-proven,.outcome{break-inside:avoid}
thead{display:table-header-group}
}
`;
