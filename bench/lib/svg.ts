/** Colours for a light page and a dark one; what a chart shows has the class `ours`, `theirs` or one of the series. */
const STYLE = `<style>
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.title { font-size: 15px; font-weight: 600 }
.soft { fill: #59636e; font-size: 12px }
.back { fill: #fff } .grid { stroke: #d8dee4 } .line { fill: none; stroke-width: 1.75 }
.ours, .series0 { fill: #0969da } .theirs { fill: #b6bfc9 } .series1 { fill: #bc4c00 } .series2 { fill: #1a7f37 }
.line.series0 { fill: none; stroke: #0969da } .line.series1 { fill: none; stroke: #bc4c00 } .line.series2 { fill: none; stroke: #1a7f37 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .soft { fill: #9198a1 } .back { fill: #0d1117 } .grid { stroke: #2f353d }
.ours, .series0 { fill: #4493f8 } .theirs { fill: #565f6a } .series1 { fill: #f0883e } .series2 { fill: #3fb950 }
.line.series0 { stroke: #4493f8 } .line.series1 { stroke: #f0883e } .line.series2 { stroke: #3fb950 }
}
</style>`;

const escapeXml = (content: string): string =>
  content.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

type Anchor = 'start' | 'end';

/** A line of text; `y` is its baseline. */
export function text(x: number, y: number, content: string, kind = '', anchor: Anchor = 'start'): string {
  return `<text x="${x}" y="${y}" class="${kind}" text-anchor="${anchor}">${escapeXml(content)}</text>`;
}

/** A chart as a file: its parts on a background, in the colours of the reader's page. */
export function svg(width: number, height: number, title: string, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    STYLE,
    `<rect class="back" width="${width}" height="${height}" rx="6"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}
