import { useEffect, useRef } from 'react';
import { theme } from '../../page/theme';
import { useStore } from '../../page/useStore';
import { colorSigned, divergingTable } from '../../panels/divergingMap';

interface Props {
  /** [rows, columns] */
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
  /** What it shows, for those who do not see it. */
  readonly label: string;
  /** A column that is marked below. */
  readonly marked?: number;
}

/** Signed numbers as colours, blue below and orange above zero, with how far they go. */
export function HeatMap({ values, rows, columns, label, marked }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const dark = useStore(theme, (value) => value);
  const most = values.reduce((best, value) => Math.max(best, Math.abs(value)), 0);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !rows || !columns) return;
    context.putImageData(new ImageData(colorSigned(values, most, divergingTable(dark)), columns, rows), 0, 0);
  }, [values, rows, columns, most, dark]);
  const range = most.toPrecision(2);
  return (
    <figure className="heat">
      <canvas ref={canvas} className={rows === 1 ? 'heat__cells heat__cells--strip' : 'heat__cells'} width={columns} height={rows} role="img" aria-label={`${label}, from −${range} to ${range}`} />
      {marked !== undefined && marked < columns && <span className="heat__mark" aria-hidden="true" style={{ left: `${(100 * (marked + 0.5)) / columns}%` }} />}
      <figcaption className="note heat__says"><span>−{range}</span><span className="heat__key" aria-hidden="true" /><span>{range}</span></figcaption>
    </figure>
  );
}
