const KEYS = [
  ['Space', 'play or pause'], ['→', 'one step forward'], ['←', 'one step back'], ['R', 'reset: back to the first step'], ['?', 'this help'],
] as const;

/** What you see, how it works, the formulae, the keys, the limits. */
export function HelpText() {
  return (
    <>
      <p>
        A picture shows an object; how does the object stand? This page finds out by <strong>analysis by synthesis</strong>: it draws the object in many
        poses, compares each drawing with the picture, and turns the object the way the differences ask for. All of it is computed in this
        browser, now; nothing is recorded.
      </p>
      <h3>What you see</h3>
      <dl>
        <dt>Target</dt><dd>The picture to explain. Its pose is unknown to the search; only the error figures know it.</dd>
        <dt>Rendering</dt><dd>The best pose so far, drawn by the same differentiable renderer that computes the gradients.</dd>
        <dt>Difference</dt><dd>Rendering minus target. Blue: too dark; orange: too bright. The channel that differs most is shown.</dd>
        <dt>Gradient</dt><dd>What each pixel asks for, to make the loss smaller: blue asks for darker, orange for brighter.</dd>
        <dt>Pose in space</dt><dd>The estimate, solid; the true pose as a ghost; hypotheses as faint axes; the camera with the target on its image plane; the way so far as a trail.</dd>
        <dt>Curves</dt><dd>Loss and rotation error over the steps. Click or drag there, or on the trail, to go back to a step; Play goes on from it.</dd>
      </dl>
      <h3>How it works</h3>
      <ol>
        <li><strong>Encoder.</strong> A small neural network looks at the target and guesses poses. It
          has learnt from renderings: first from which of some thousand views drawn beforehand, whose poses are known, looks most like an image; then also from its own guesses,
          drawn and compared with the image. The pose of an image never entered its loss.</li>
        <li><strong>Search.</strong> Its guesses, and an even spread over all rotations, are rendered small, many at once, and ranked by their loss.</li>
        <li><strong>Refinement.</strong> At each of three image sizes, the coarsest first, the best few that differ are followed down the renderer’s gradient by Adam. At the middle and the full size a few steps of Gauss–Newton then close in.</li>
        <li><strong>Escape.</strong> A cube on its side can look nearly right: turns by 90° and 180° leave such wrong basins while the images still disagree. Each is refined in the same way.</li>
        <li><strong>Polish.</strong> The winner takes three more steps of Gauss–Newton at full resolution.</li>
      </ol>
      <p>
        Adam’s steps follow gradients that come back through the renderer. Gauss–Newton’s do not: it needs to know how each pixel answers to each
        parameter, and compares whole renderings of poses a pixel or two apart. That smooths over the jumps that antialiased edges make, so it
        has the last word. The phase beside the figures says which of the two the step on screen was.
      </p>
      <h3>The formulae, shortly</h3>
      <p>With pose θ = (R, t), renderer I(θ) and target I*, the loss is the mean over pixels of ρ(I(θ) − I*), where ρ is the square, the magnitude, or Huber’s mixture.</p>
      <p className="help__formula">∂L/∂θ = Σ<sub>pixels</sub> ∂L/∂I · ∂I/∂θ</p>
      <p>
        ∂L/∂I is the gradient image. ∂I/∂θ comes from the renderer: inside a face from interpolation, at silhouettes from antialiasing, where a pixel’s
        colour changes with the share of it that an edge covers. Rotations step on the group itself, R ← exp(ω)R, with ω from Adam, along this gradient, or from Gauss–Newton, along differences of
        renderings.
      </p>
      <p>
        Rotation error is the smallest angle between estimate and truth, the object’s symmetries taken into account. ADD is the mean distance between
        corresponding vertices, ADD-S that to the nearest vertex, both in object diameters.
      </p>
      <h3>Keys</h3>
      <ul className="help__keys">{KEYS.map(([key, what]) => <li key={key}><kbd>{key}</kbd> {what}</li>)}</ul>
      <p>In the 3D view, arrow keys turn it, plus and minus zoom. Poses can be typed under “Poses in numbers”.</p>
      <h3>For developers</h3>
      <p>All of this is made with a library that you can import: <a href="./api/">its reference</a> has an example for each function.</p>
      <h3>Limits</h3>
      <ul className="help__list">
        <li>One rigid object, whose mesh is known.</li>
        <li>A view that looks the same from two poses cannot tell them apart: the images agree and the angle may still be off.</li>
        <li>Lambert shading with one distant light and ambient light; no shadows, no reflections.</li>
        <li>The same link gives the same run on the same browser and graphics card; another card may round differently.</li>
        <li>Your files stay on this device. They are not part of a copied link.</li>
      </ul>
    </>
  );
}
