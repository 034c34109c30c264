import { BufferAttribute, BufferGeometry, Points, ShaderMaterial } from 'three';

// Dots that keep their size in the scene, so that near ones are larger; shaded by how much they face the eye.
const VERTEX = /* glsl */ `
  attribute vec3 color;
  attribute float size;
  uniform float diameter;
  uniform float smallest;
  uniform float shaded;
  varying vec3 fill;
  varying float pixels;
  void main() {
    vec4 seen = modelViewMatrix * vec4(position, 1.0);
    float facing = abs(dot(normalize(normalMatrix * normal), normalize(seen.xyz)));
    fill = color * mix(1.0, 0.42 + 0.58 * facing, shaded);
    gl_Position = projectionMatrix * seen;
    pixels = max(diameter * projectionMatrix[1][1] / gl_Position.w, smallest) * size;
    gl_PointSize = pixels;
    // Hidden points are put where nothing is drawn: a size of 0 is still a pixel on some cards.
    if (size <= 0.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  }`;

const FRAGMENT = /* glsl */ `
  varying vec3 fill;
  varying float pixels;
  void main() {
    float inside = 0.5 * pixels - pixels * distance(gl_PointCoord, vec2(0.5));
    if (inside <= 0.0) discard;
    gl_FragColor = vec4(fill * mix(0.72, 1.0, smoothstep(0.0, 0.22 * pixels, inside)), 1.0);
    #include <colorspace_fragment>
  }`;

/** Dots of this share of the mean spacing on a sphere of the cloud's radius. */
const SPACING_SHARE = 0.62;
const DIAMETERS = { least: 0.012, most: 0.07 } as const;
/** CSS pixels. */
const SMALLEST = 2.5;

/** Diameter of a cloud's dots, where the cloud's radius is 1. */
export function dotDiameter(count: number): number {
  const spacing = Math.sqrt(4 / Math.max(count, 1));
  return Math.min(Math.max(SPACING_SHARE * spacing, DIAMETERS.least), DIAMETERS.most);
}

export function createCloudPoints() {
  const material = new ShaderMaterial({
    vertexShader: VERTEX, fragmentShader: FRAGMENT,
    uniforms: { diameter: { value: 0.03 }, smallest: { value: SMALLEST }, shaded: { value: 0 } },
  });
  const object = new Points(new BufferGeometry(), material);
  object.frustumCulled = false;
  let height = 1;
  let world = 0.03;
  const apply = () => void (material.uniforms.diameter.value = 0.5 * world * height);

  return {
    object,
    /** @param positions [N, 3]. @param normals [N, 3]. @param radius of the cloud, in its units. */
    setShape(positions: Float32Array, normals: Float32Array | undefined, radius: number) {
      object.geometry.dispose();
      const count = positions.length / 3;
      object.geometry = new BufferGeometry();
      object.geometry.setAttribute('position', new BufferAttribute(positions, 3));
      object.geometry.setAttribute('normal', new BufferAttribute(normals ?? new Float32Array(3 * count).fill(1), 3));
      object.geometry.setAttribute('color', new BufferAttribute(new Float32Array(3 * count).fill(0.5), 3));
      object.geometry.setAttribute('size', new BufferAttribute(new Float32Array(count).fill(1), 1));
      material.uniforms.shaded.value = normals ? 1 : 0;
      world = dotDiameter(count) * radius;
      apply();
    },
    setColors(colors: Float32Array, sizes: Float32Array | undefined) {
      const { color, size } = object.geometry.attributes;
      if (!color || color.array.length !== colors.length) return;
      color.array.set(colors);
      color.needsUpdate = true;
      if (sizes) size.array.set(sizes);
      else size.array.fill(1);
      size.needsUpdate = true;
    },
    /** @param pixels height of the drawing buffer. @param ratio its pixels to a CSS pixel. */
    setHeight(pixels: number, ratio: number) {
      height = pixels;
      material.uniforms.smallest.value = SMALLEST * ratio;
      apply();
    },
    dispose() {
      object.geometry.dispose();
      material.dispose();
    },
  };
}
