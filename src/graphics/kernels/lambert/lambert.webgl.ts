import { TEXEL_INDEX } from '../webgl/glsl';
import { runPass } from '../webgl/pass';
import { registerWebglKernel } from '../webgl/registerWebglKernel';
import { denseOutput } from '../webgl/tensorTextures';
import { LAMBERT } from './names';

/** One vertex a texel, which is how interpolate reads them. `sharedInputs` has a bit for each input that all poses share. */
const FRAGMENT = `
out vec4 lit;
${TEXEL_INDEX}
void main() {
  ivec2 vertexAndPose = divide(texelIndex(outWidth), vertexCount);
  int v = vertexAndPose.x; int b = vertexAndPose.y;
  vec3 normal = normals_row3((sharedInputs & 2) != 0 ? 0 : b, v);
  vec3 irradiance = ambient_row3(0, (sharedInputs & 16) != 0 ? 0 : b);
  for (int l = 0; l < lightCount; l++) {
    float cosine = dot(normal, towards_row3((sharedInputs & 4) != 0 ? 0 : b, l));
    irradiance += max(cosine, 0.0) * colors_row3((sharedInputs & 8) != 0 ? 0 : b, l);
  }
  lit = vec4(albedo_row3((sharedInputs & 1) != 0 ? 0 : b, oneAlbedo == 1 ? 0 : v) * irradiance, 1);
}`;

const INPUTS = ['albedo', 'normals', 'towards', 'colors', 'ambient'] as const;

registerWebglKernel(LAMBERT, INPUTS, ({ backend, resources, shapes, open, draw }) => {
  const [, vertexCount] = shapes.normals;
  const inputs = { albedo: open('albedo'), normals: open('normals'), towards: open('towards'), colors: open('colors'), ambient: open('ambient') };
  const output = denseOutput(backend, [Math.max(...INPUTS.map((name) => shapes[name][0])), vertexCount, 4]);
  const sharedInputs = INPUTS.reduce((bits, name, i) => bits + (shapes[name][0] === 1 ? 2 ** i : 0), 0);
  const uniforms = { vertexCount, lightCount: shapes.towards[1], sharedInputs, oneAlbedo: shapes.albedo[1] === 1 ? 1 : 0, outWidth: output.target.width };
  draw(() => runPass(resources, { key: 'lambert', inputs, uniforms, fragment: () => FRAGMENT }, [output.target]));
  return output;
});
