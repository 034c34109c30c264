import type { LayerView } from '../../../experiments/learn/protocol';
import { SelectField } from '../../controls/SelectField';
import { HeatMap } from './HeatMap';
import { matricesOf } from './matrices';

interface Props {
  readonly view: LayerView;
  /** Of the layer's matrices. */
  readonly chosen: number;
  readonly channel: number;
  readonly onChoose: (matrix: number) => void;
}

/** What the layer has learnt: a matrix of it as a heat map. */
export function KernelMatrices({ view, chosen, channel, onChoose }: Props) {
  const matrices = matricesOf(view);
  if (!matrices.length) return null;
  const at = Math.min(chosen, matrices.length - 1);
  const { label, rows, columns, values } = matrices[at];
  return (
    <div className="inside__part">
      <h3 className="inside__title">What it has learnt</h3>
      {matrices.length > 1 && <SelectField label="Weights of" value={at} options={matrices.map((one, value) => ({ value, label: one.label }))} onChange={onChoose} />}
      <HeatMap values={values} rows={rows} columns={columns} label={`${label}: weights from ${rows} channels, by row, to ${columns}, by column`} marked={columns === view.channels ? channel : undefined} />
      <p className="note">{label}: {rows} channels come in, by row, {columns} go out, by column{columns === view.channels ? `; ▴ is channel ${channel}` : ''}.</p>
    </div>
  );
}
