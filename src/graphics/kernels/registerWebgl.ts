// Registers every kernel of the webgl backend.
import './webgl/decode';
import './rasterize/rasterize.webgl';
import './interpolate/interpolate.webgl';
import './interpolate/interpolateGrad.webgl';
import './antialias/antialias.webgl';
import './antialias/antialiasGradPositions.webgl';
import './gatherFaces/gatherFaces.webgl';
import './sumCorners/sumCorners.webgl';
import './noise/noise.webgl';
import './sampleTexture/sampleTexture.webgl';
import './poseMatrix/poseMatrix.webgl';
import './transformVertices/transformVertices.webgl';
import './lambert/lambert.webgl';
import './im2col/im2col.webgl';
import './adamUpdate/adamUpdate.webgl';
import './segments/segments.webgl';
import './neighborSum/neighborSum.webgl';
