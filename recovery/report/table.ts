import { html, type Html, type Part } from './html.js';

/** A column's title and its share of the width, in percent. */
export type Column = readonly [title: string, width: number];

/**
 * A table with a caption; on a narrow screen each row becomes a card whose cells say what they are.
 * Roles are spelt out, because browsers forget what a table is once its rows are laid out as blocks.
 */
export const table = (caption: string, columns: readonly Column[], rows: readonly (readonly Part[])[]): Html =>
  html`<table role="table">
    <caption>
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map(([title, width]) => html`<th role="columnheader" scope="col" style="width:${width}%">${title}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        (cells) =>
          html`<tr role="row">
            ${cells.map((cell, index) =>
              index === 0
                ? html`<th role="rowheader" scope="row" data-label="${columns[0]?.[0]}">${cell}</th>`
                : html`<td role="cell" data-label="${columns[index]?.[0]}">${cell}</td>`,
            )}
          </tr> `,
      )}
    </tbody>
  </table> `;

/** Names and what they are. */
export const facts = (pairs: readonly (readonly [name: string, value: Part])[]): Html =>
  html`<dl class="facts">
    ${pairs.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div> `,
    )}
  </dl> `;

/** A section with its heading; the heading names it for whoever cannot see it. */
export const section = (id: string, title: string, ...content: readonly Part[]): Html =>
  html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${content}
  </section> `;
