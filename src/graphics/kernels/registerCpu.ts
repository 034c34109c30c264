// Registers every kernel of the cpu backend: plain loops, the reference of the WebGL kernels.
import './rasterize/rasterize.cpu';
import './interpolate/interpolate.cpu';
import './antialias/antialias.cpu';
import './gatherFaces/gatherFaces.cpu';
import './sumCorners/sumCorners.cpu';
import './noise/noise.cpu';
import './sampleTexture/sampleTexture.cpu';
import './poseMatrix/poseMatrix.cpu';
import './transformVertices/transformVertices.cpu';
import './lambert/lambert.cpu';
import './im2col/im2col.cpu';
import './adamUpdate/adamUpdate.cpu';
import './segments/segments.cpu';
import './neighborSum/neighborSum.cpu';
