const KEYS = [
  ['Space', 'train or pause'], ['→', 'one step forward'], ['←', 'one step back'], ['[', 'back to the end of the epoch before'], [']', 'on to the end of the epoch after'], ['R', 'back to the first step'], ['N, P', 'next and previous point, in the 3D view'], ['?', 'this help'],
] as const;

/** What you see, how it works, the keys, the limits. */
export function LearnHelp({ task }: { task: 'classify' | 'segment' }) {
  return (
    <>
      <p>
        {task === 'classify'
          ? 'Chair or lamp? A network on points learns to tell shapes apart, in this browser, now.'
          : 'Body or handle? A network on points learns to which part of a shape each point belongs, in this browser, now.'}
        {' '}The shapes are made here, too: every one is drawn by seed from a family with many proportions.
      </p>
      <h3>What you see</h3>
      <dl>
        <dt>Shape</dt><dd>A test shape as the network saw it, coloured by what it says, by the truth, by right and wrong, by confidence, by what a layer makes of it, or by the points that decide.</dd>
        <dt>Over the steps</dt><dd>Loss and accuracy. A step is one batch. Click or drag there to go back to a step; the network goes back with it.</dd>
        <dt>What is taken for what</dt><dd>Rows are the truth, columns what the network says. Each cell leads to its shapes.</dd>
        <dt>Look inside</dt><dd>Click a point: whom its convolution looked at, with what weight and who won, what the kernel has learnt, how far back it sees, and the formula with its numbers. With two networks, a click in either view looks into that one.</dd>
      </dl>
      <h3>How it works</h3>
      <ol>
        <li><strong>A batch</strong> of shapes is turned, scaled and jittered by seed, so that no two are seen alike.</li>
        <li><strong>Layers</strong> make features of each point, alone or with its neighbours. Shapes have no order of points, so neighbours are combined by a sum or a maximum.</li>
        <li><strong>A loss</strong>, the cross-entropy, says how surprised the network is by the truth.</li>
        <li><strong>Its gradient</strong> changes every weight a little (Adam), and the next batch comes.</li>
        <li><strong>Test shapes</strong>, which training never sees, tell every so many steps how good it is.</li>
      </ol>
      <h3>The networks</h3>
      <dl>
        <dt>PointNet</dt><dd>Each point alone, then a maximum over all (Qi et al. 2017). Its critical points are those that won a channel of that maximum, or of one within its T-Nets.</dd>
        <dt>PointNet++</dt><dd>PointNets on balls round sampled points, level by level; of one size, or of several side by side (Qi et al. 2017).</dd>
        <dt>DGCNN</dt><dd>Edges to the nearest neighbours among the features, found anew in each layer (Wang et al. 2019).</dd>
        <dt>PointConv, Monte-Carlo</dt><dd>A small network gives each neighbour’s weight from where it lies; crowded places are counted down (Wu et al. 2019; Hermosilla et al. 2018).</dd>
        <dt>KPConv</dt><dd>Weights sit on kernel points round the centre; a neighbour takes those it is near to. The deformable one moves its kernel points, on the coarsest level, to where the shape is (Thomas et al. 2019).</dd>
        <dt>FeaStNet</dt><dd>Neighbours along a mesh’s edges; the features choose the weights (Verma et al. 2018).</dd>
        <dt>Graph convolution, EdgeConv</dt><dd>On the same edges: the neighbours’ mean (Kipf and Welling 2017), or the maximum over what each edge’s two ends say (Wang et al. 2019).</dd>
      </dl>
      <h3>Keys</h3>
      <ul className="help__keys">{KEYS.map(([key, what]) => <li key={key}><kbd>{key}</kbd> {what}</li>)}</ul>
      <p>In the 3D view, arrow keys turn it, plus and minus zoom, Home resets it.</p>
      <h3>Limits</h3>
      <ul className="help__list">
        <li>Trained on our own families alone, a network does not know the world: a scan may look like none of them.</li>
        <li>The receptive field takes neighbourhoods as given: what a change of features would do to who is near in DGCNN is left out.</li>
        <li>The same link gives the same training on the same browser and graphics card; another card may round differently.</li>
        <li>Your files stay on this device. They are not part of a copied link; a reload, or going to another page, forgets them.</li>
      </ul>
    </>
  );
}
