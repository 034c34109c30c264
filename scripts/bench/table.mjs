const isNumeric = (cell) => /^[−-]?\d/.test(cell);

/**
 * A table of words as lines of text; row 0 is the heading. Columns whose cells start with digits are set to the right.
 * @param {string[][]} rows
 */
export function formatTable(rows) {
  if (rows.length === 0) return '';
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const numeric = widths.map((_, column) => rows.length > 1 && rows.slice(1).every((row) => !row[column] || isNumeric(row[column])));
  const line = (row) => widths.map((width, column) => (numeric[column] ? (row[column] ?? '').padStart(width) : (row[column] ?? '').padEnd(width))).join('  ').trimEnd();
  return [line(rows[0]), widths.map((width) => '─'.repeat(width)).join('  ').trimEnd(), ...rows.slice(1).map(line)].join('\n');
}
