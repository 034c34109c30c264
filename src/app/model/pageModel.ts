import { randomTargetPose } from '../../experiments/pose/target';
import { objectRadius } from '../../experiments/pose/camera';
import type { PoseTarget } from '../../experiments/pose/protocol';
import type { PoseSettings } from '../../experiments/pose/settings';
import { BUILT_IN_OBJECTS } from '../../scene/objects';
import type { Pose } from '../../scene/pose';
import type { LoadedObject } from '../../workers/meshApi';
import type { EncoderArtifacts } from '../../workers/trainerApi';
import type { RunController } from '../run/controller';
import { Store } from '../run/store';
import type { TrainController } from '../train/trainController';
import { readHash, writeHash, type LinkContext } from '../url/hash';
import { linkedEdits } from '../url/edits';
import { LIMITS } from '../url/fields';
import type { ObjectChoice, PageState } from '../url/pageState';
import { DEFAULT_VIEW, type StageView } from '../url/view';
import { AddressBar } from './addressBar';
import { sayEditsLeftOut } from './editsLeftOut';
import { fileNotice } from './fileNotice';
import { Notices } from './notices';
import { ObjectLoader, sourceOf } from './objectLoader';
import { isPicture } from './openable';
import { focalFromFieldOfView, inAPicture, ownImageTarget, readOwnImage, USUAL_VIEW_DEG, type InAPicture, type OwnImage, type PictureLight } from './ownImage';

/** Ambient share of the light on an object without colours. */
const SHADED_AMBIENT = 0.35;

/** Sliders change many times a second; a new run begins when they rest this long. */
const SETTLE_MS = 250;

export const linkContext = (): LinkContext => ({ builtIns: BUILT_IN_OBJECTS.map(({ id }) => id), origin: location.origin });

const keptOf = ({ faces }: LoadedObject): string => `Kept: ${faces.toLocaleString('en')} faces.`;

/** The page's state and what follows from its changes: objects are loaded, runs begun, the address kept. */
export class PageModel {
  readonly notices = new Notices();
  readonly page: Store<PageState>;
  private readonly loader = new ObjectLoader();
  readonly object = this.loader.state;
  /** A person's own picture, instead of a rendered target. */
  readonly image = new Store<OwnImage | undefined>(undefined);
  /** What was sought before a picture came. */
  private beforeImage: InAPicture | undefined;
  /** Trained on this page, in place of the one that ships. */
  readonly encoder = new Store<EncoderArtifacts | undefined>(undefined);
  /** What the page said of the run on screen when another object was chosen, until that is here. */
  private before: Pick<PageState, 'object' | 'targetPose' | 'edits' | 'stopAt' | 'view'> | undefined;
  private files: readonly File[] = [];
  private settle: ReturnType<typeof setTimeout> | undefined;
  private backend: 'webgl' | 'cpu' = 'webgl';
  private readonly address = new AddressBar(() => this.hash(), '#v=1');

  constructor(readonly run: RunController, readonly train: TrainController, private readonly baseUrl: string) {
    const { state, problems } = readHash(location.hash, linkContext());
    this.page = new Store(state);
    this.reportLink(problems);
    run.state.subscribe(() => this.address.writeSoon());
    this.page.subscribe(() => this.address.writeSoon());
    sayEditsLeftOut(run.state, this.notices);
  }

  /** Shows what the address says. @param resume goes on where a reload interrupted. */
  start(resume = false): void {
    void this.loadObject(this.page.get().object, resume);
  }

  /** The address was changed by hand, or by Back. */
  followLink(hash: string): void {
    if (!this.address.isNews(hash)) return;
    const { state, problems } = readHash(hash, linkContext());
    this.reportLink(problems);
    this.image.set(undefined);
    this.rememberBefore();
    this.page.set(state);
    this.start();
  }

  /** The page is left. */
  end(): void {
    clearTimeout(this.settle);
    this.address.end();
    this.loader.cancel();
    this.train.end();
    this.run.end();
  }

  /** The link that reproduces what is on screen. */
  link(): string {
    return location.href.replace(/#.*$/, '') + this.hash();
  }

  choose(object: ObjectChoice): void {
    this.rememberBefore();
    // Another object has another size: it is looked at from where all of it is seen.
    this.page.update({ object, targetPose: undefined, edits: [], stopAt: undefined, view: { ...this.page.get().view, orbit: undefined } });
    void this.loadObject(object);
  }

  openFiles(files: readonly File[]): void {
    if (files.every(isPicture)) return void this.openPicture(files[0]);
    this.files = files;
    this.choose({ kind: 'file', name: files.map(({ name }) => name).join(', ') });
  }

  /** Ends what the page waits for: a load, or an engine that starts. What was there before stays. */
  cancel(): void {
    if (this.loader.cancel()) this.stayWithBefore();
    else this.run.end();
    this.notices.show({ topic: 'cancel', kind: 'info', title: 'Cancelled', action: { label: 'Start again', run: () => this.startAgain() } });
  }

  private startAgain(): void {
    this.notices.clear('cancel');
    if (this.object.get().loaded) this.beginRun(false);
    else this.start();
  }

  /** Goes on without a graphics card. */
  computeOnCpu(): void {
    this.backend = 'cpu';
    this.restart();
  }

  changeSettings(change: Partial<PoseSettings>): void {
    const { settings, targetPose } = this.page.get();
    // A pose that was dragged into place stays; how far away it may be depends on what is sought.
    const ambient = change.target?.light.ambient;
    const ambientChosen = this.page.get().ambientChosen || (ambient !== undefined && ambient !== settings.target.light.ambient);
    const keepsPose = change.unknowns === undefined || change.unknowns === settings.unknowns;
    this.page.update({ settings: { ...settings, ...change }, ambientChosen, targetPose: keepsPose ? targetPose : undefined });
    // A run that somebody has paused begins again paused.
    this.restartSoon(!this.run.paused);
  }

  /** Changes what the 3D view shows. */
  look(change: Partial<StageView>): void {
    this.page.update({ view: { ...this.page.get().view, ...change } });
  }

  newTarget(): void {
    this.takeImage(undefined);
    this.page.update({ targetSeed: (this.page.get().targetSeed + 1) % LIMITS.seed.max, targetPose: undefined });
    this.restart();
  }

  setTargetPose(targetPose: Pose): void {
    this.takeImage(undefined);
    this.page.update({ targetPose });
    this.restartSoon();
  }

  /** A picture without a word about its lens. */
  private async openPicture(file: File): Promise<void> {
    try {
      this.useImage(await readOwnImage(file, undefined, ({ width }) => focalFromFieldOfView(USUAL_VIEW_DEG, width)));
      this.notices.show({
        topic: 'file', kind: 'info', title: `The pose of the ${this.object.get().loaded?.title ?? 'object'} is sought in ${file.name}`,
        lines: [`Its lens is taken to see ${USUAL_VIEW_DEG}° across the width. Give the right value, and a mask, under “Your own image”.`],
      });
    } catch (error) {
      this.reportFile(error);
    }
  }

  /** @param light what is known of it, in a picture. */
  useImage(image: OwnImage | undefined, light: PictureLight = 'unknown'): void {
    this.takeImage(image, light);
    this.restart();
  }

  /** What a picture leaves open is sought while it is the target; afterwards all is as it was before. */
  private takeImage(image: OwnImage | undefined, light: PictureLight = 'unknown'): void {
    const { settings } = this.page.get();
    const before = this.image.get();
    const { unknowns, unknownLight, target } = settings;
    if (image && !before) this.beforeImage = { unknowns, unknownLight, target };
    const sought = image ? inAPicture(settings, light) : before && this.beforeImage;
    this.image.set(image);
    if (sought) this.page.update({ settings: { ...settings, ...sought } });
  }

  /** Changes what is known of the light in the picture that is the target. */
  changePictureLight(light: PictureLight): void {
    this.changeSettings(inAPicture(this.page.get().settings, light));
  }

  /** Looks at targets with an encoder of this page's, until another object comes. */
  useEncoder(artifacts: EncoderArtifacts | undefined): void {
    this.encoder.set(artifacts);
    const { settings } = this.page.get();
    this.page.update({ settings: { ...settings, useEncoder: true } });
    this.restart();
  }

  /** The pose to find, as far as the page knows it. */
  targetPose(): Pose | undefined {
    const { loaded } = this.object.get();
    const { targetPose, targetSeed, settings } = this.page.get();
    if (!loaded || this.image.get()) return undefined;
    return targetPose ?? randomTargetPose({ seed: targetSeed, unknowns: settings.unknowns }, objectRadius(loaded.object));
  }

  private restartSoon(play = true): void {
    clearTimeout(this.settle);
    this.settle = setTimeout(() => this.restart(play), SETTLE_MS);
  }

  private restart(play = true): void {
    this.page.update({ edits: [], stopAt: undefined });
    this.beginRun(false, play);
  }

  private beginRun(resume: boolean, play = true): void {
    clearTimeout(this.settle);
    const { loaded } = this.object.get();
    if (!loaded) return;
    const { settings, edits, stopAt, object } = this.page.get();
    const image = this.image.get();
    const encoder = this.encoder.get();
    const pose = this.targetPose();
    const target: PoseTarget | undefined = image ? ownImageTarget(image, loaded.object.diameter) : pose && { kind: 'rendered', pose };
    if (!target) return;
    void this.run.open({
      object: loaded.object, settings, target, baseUrl: this.baseUrl, backend: this.backend, encoder, edits, stopAt, autoplay: play && stopAt !== 0, resume,
      key: image || encoder || object.kind === 'file' ? undefined : this.planHash(),
    });
  }

  private async loadObject(choice: ObjectChoice, resume = false): Promise<void> {
    this.notices.clear('file');
    try {
      const loaded = await this.loader.load(sourceOf(choice, this.baseUrl, this.files));
      if (!loaded) return;
      this.before = undefined;
      this.encoder.set(undefined);
      this.lightFor(loaded);
      if (loaded.warnings.length) this.notices.show({ topic: 'file', kind: 'warning', title: `${loaded.title} was read with remarks`, lines: [keptOf(loaded), ...loaded.warnings] });
      this.beginRun(resume);
    } catch (error) {
      this.stayWithBefore();
      this.reportFile(error, choice);
    }
  }

  private rememberBefore(): void {
    if (!this.object.get().loaded) return;
    const { object, targetPose, edits, stopAt, view } = this.page.get();
    this.before ??= { object, targetPose, edits, stopAt, view };
  }

  /** What was on screen before another object was chosen stays there, and the controls and the address say so. */
  private stayWithBefore(): void {
    if (this.before) this.page.update(this.before);
    this.before = undefined;
  }

  /** An object without colours is shaded, unless told otherwise: a flat picture would show its silhouette alone. */
  private lightFor({ hasColors }: LoadedObject): void {
    const { settings, ambientChosen } = this.page.get();
    if (ambientChosen) return;
    const light = { ...settings.target.light, ambient: hasColors ? 1 : SHADED_AMBIENT };
    this.page.update({ settings: { ...settings, target: { ...settings.target, light } } });
  }

  /** Says what is wrong with a file; whatever was on screen before stays. */
  reportFile(error: unknown, choice?: ObjectChoice): void {
    this.notices.show(fileNotice(error, choice, (again) => this.choose(again)));
  }

  private reportLink(problems: readonly string[]): void {
    if (problems.length) this.notices.show({ topic: 'link', kind: 'warning', title: 'Part of the link was ignored', lines: problems });
    else this.notices.clear('link');
  }

  /** What the run is, apart from how far it has come and from where it is looked at. */
  private planHash(): string {
    return writeHash({ ...this.page.get(), edits: [], stopAt: undefined, view: DEFAULT_VIEW }, linkContext());
  }

  private hash(): string {
    const { playing, shown, status, edits, history } = this.run.state.get();
    const page = this.page.get();
    const waits = status === 'ready' && !playing && !history[shown]?.done;
    const made = status === 'ready' ? edits.filter(({ step }) => !waits || step <= shown) : page.edits;
    const linked = linkedEdits(made);
    // What cannot be reproduced to its end is reproduced as far as it goes.
    const stopAt = linked.left ? linked.edits.at(-1)?.step : waits ? shown : status === 'ready' ? undefined : page.stopAt;
    return writeHash({ ...page, edits: linked.edits, stopAt }, linkContext());
  }
}
