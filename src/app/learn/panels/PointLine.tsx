import { looksAt, neighborsOf, rowOfPoint } from '../inside/layers';
import { useLearnPage, useLook } from '../model/context';
import { layerInView } from './cloudLink';

/** What is chosen, in a line over the view; the panel "Look inside" says more. */
export function PointLine() {
  const inspection = useLook((look) => look.inspection);
  const point = useLearnPage((page) => page.point);
  const layerName = useLearnPage((page) => page.layer);
  if (!inspection || point === undefined || 3 * point >= inspection.prediction.cloud.positions.length) return null;
  const layer = layerInView(inspection, layerName);
  const neighbors = neighborsOf(inspection, layer, rowOfPoint(inspection, layer, point));
  const { name } = inspection.layers[layer];
  return <p className="point-line" aria-hidden="true">Point {point} {neighbors ? <>and its <span data-metric="neighbors">{neighbors.length}</span> neighbours in {name}</> : `in ${name}, which looks at ${looksAt(inspection, layer)}`}</p>;
}
