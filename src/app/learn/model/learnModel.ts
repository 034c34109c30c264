import type { Lab } from '../../page/labs';
import { AddressBar } from '../../model/addressBar';
import { Notices } from '../../model/notices';
import type { LearnExample } from '../../../experiments/learn/protocol';
import type { LearnModelId, LearnSettings } from '../../../experiments/learn/settings';
import type { LearnBackend } from '../../../workers/learnApi';
import { Store } from '../../run/store';
import type { LearnController } from '../run/learnController';
import { epochStep } from '../run/epochStep';
import type { LearnPlan } from '../run/learnPlan';
import { readLearnLink, writeLearnLink } from '../url/fields';
import type { LearnPageState, UpAxis } from '../url/pageState';
import { OwnShapes } from '../own/ownShapes';
import { standUp } from '../own/standUp';
import type { Filter, Lens, OwnDataset, Trainings } from './choices';
import { ExampleShelf } from './gallery';
import { Looker } from './looker';
import { measureAtFirst } from './measureAtFirst';
import type { Legend } from './pointColors';
import { fitsShipped, planOf } from './planOf';
import { TakingAway } from './takingAway';

/** Sliders change many times a second; a new training begins when they rest this long. */
const SETTLE_MS = 350;

/** The page's state and what follows from its changes: trainings begun, the shape on screen looked into, the address kept. */
export class LearnModel {
  readonly notices = new Notices();
  readonly page: Store<LearnPageState>;
  readonly lens = new Store<Lens>('first');
  readonly filter = new Store<Filter>({ kind: 'all' });
  /** What the colours of each view mean now. */
  readonly legends = { first: new Store<Legend | undefined>(undefined), second: new Store<Legend | undefined>(undefined) };
  readonly dataset = new Store<OwnDataset | undefined>(undefined);
  /** A person's own shapes. */
  readonly own = new OwnShapes(this);
  /** The same shape, as each of the networks sees it. */
  readonly lookers: Readonly<Record<Lens, Looker>>;
  readonly away: TakingAway;
  readonly shelf: ExampleShelf;
  readonly first: LearnController;
  readonly second: LearnController;
  private readonly address: AddressBar;
  /** On screen, as it was read. */
  private ownExample: LearnExample | undefined;
  private settle: ReturnType<typeof setTimeout> | undefined;
  private readonly stops: (() => void)[];

  constructor({ first, second }: Trainings, readonly task: Extract<Lab, 'classify' | 'segment'>, private readonly baseUrl: string) {
    this.first = first;
    this.second = second;
    const { state, problems } = readLearnLink(location.hash, task);
    this.page = new Store(state);
    this.address = new AddressBar(() => this.hash(), `#lab=${task}&v=1`);
    this.reportLink(problems);
    this.lookers = { first: new Looker(first), second: new Looker(second) };
    this.away = new TakingAway(this.page, this.lookers, this.lens);
    this.shelf = new ExampleShelf(first);
    this.stops = [
      first.state.subscribe(() => {
        this.address.writeSoon();
        second.kick();
      }),
      second.state.subscribe(() => first.kick()),
      this.page.subscribe(() => this.address.writeSoon()),
      measureAtFirst(first, this.lookers.first), measureAtFirst(second, this.lookers.second),
      () => this.away.end(),
    ];
  }

  /** Shows what the address says. @param resume goes on where a reload interrupted. */
  start(resume: boolean): void {
    this.showWhatIsLinked();
    void this.begin(resume);
  }

  /** The address was changed by hand, or by Back. */
  followLink(hash: string): void {
    if (!this.address.isNews(hash)) return;
    const { state, problems } = readLearnLink(hash, this.task);
    this.reportLink(problems);
    const before = this.page.get();
    this.page.set(state);
    const looksOnly = writeLearnLink(planOf(before)) === writeLearnLink(planOf(state)) && state.stopAt === before.stopAt;
    if (looksOnly) this.showWhatIsLinked();
    else this.start(false);
  }

  private showWhatIsLinked(): void {
    const { seen, shape } = this.page.get();
    this.look(this.comparing && seen ? seen : 'first');
    this.showTest(shape);
  }

  end(): void {
    clearTimeout(this.settle);
    this.address.end();
    this.stops.forEach((stop) => stop());
    this.lookers.first.end();
    this.lookers.second.end();
    this.first.end();
    this.second.end();
  }

  /** The link that reproduces what is on screen. */
  link(): string {
    return location.href.replace(/#.*$/, '') + this.hash();
  }

  get comparing(): boolean {
    return this.page.get().compare !== undefined;
  }

  /** A network ships for these settings. */
  get ships(): boolean {
    return !this.dataset.get() && fitsShipped(this.page.get().settings);
  }

  controller(lens: Lens): LearnController {
    return lens === 'first' ? this.first : this.second;
  }

  get playing(): boolean {
    return this.first.state.get().playing || (this.comparing && this.second.state.get().playing);
  }

  play(): void {
    this.each((run) => run.play());
  }

  pause(): void {
    this.each((run) => run.pause());
  }

  step(): void {
    this.each((run) => run.step());
  }

  stepBack(): void {
    this.seek(this.first.state.get().shown - 1);
  }

  reset(): void {
    this.seek(0);
  }

  seek(step: number): void {
    this.each((run) => run.seek(step));
  }

  /** To the end of an epoch before or after the step on screen. */
  seekEpoch(by: 1 | -1): void {
    const { opened, shown } = this.first.state.get();
    this.seek(epochStep(shown, opened?.stepsPerEpoch ?? 1, by));
  }

  changeSettings(change: Partial<LearnSettings>): void {
    const { settings } = this.page.get();
    this.page.update({ settings: { ...settings, ...change } });
    this.restartSoon();
  }

  /** A second network beside the first; undefined for none. */
  compareWith(compare: LearnModelId | undefined): void {
    this.page.update({ compare });
    if (compare === undefined) {
      this.look('first');
      this.second.end();
      return;
    }
    // On the same seed and from the same place, so that nothing but the network differs.
    this.restart();
  }

  /** Forgets what was learnt and begins without the network that ships. */
  fromNothing(play: boolean): void {
    this.page.update({ fromNothing: true, stopAt: undefined });
    void this.begin(false, play);
  }

  useShipped(): void {
    this.page.update({ fromNothing: false, stopAt: undefined });
    void this.begin(false, false);
  }

  /** Learns from files of one's own; undefined: from the shapes made here. What cannot be learnt from is said, and left. */
  async useDataset(dataset: OwnDataset | undefined): Promise<void> {
    this.dataset.set(dataset);
    this.page.update({ shape: 0, point: undefined, brushed: undefined, stopAt: undefined });
    this.showTest(0);
    await this.begin(false, false);
    const { status, trouble } = this.first.state.get();
    if (!dataset || this.dataset.get() !== dataset || status !== 'failed') return;
    this.notices.show({ topic: 'file', kind: 'error', title: `${dataset.name} could not be learnt from`, lines: [trouble?.message ?? ''] });
    this.dataset.set(undefined);
    // Back to where the training before was, as far as it was kept.
    await this.begin(true, false);
  }

  /** Begins anew on another backend. */
  computeOn(backend: LearnBackend): void {
    this.page.update({ backend });
    this.restart();
  }

  /** Looks into one of the two networks. */
  look(lens: Lens): void {
    this.page.update({ seen: lens === 'second' ? lens : undefined });
    this.lens.set(lens);
  }

  /** The shape as the network sees it that is looked into. */
  get looker(): Looker {
    return this.lookers[this.lens.get()];
  }

  /** One of the test examples. @param lens which network is looked into; the same as before by default. */
  showShape(shape: number, lens = this.lens.get()): void {
    this.page.update({ shape, point: undefined, brushed: undefined });
    if (lens !== this.lens.get()) this.look(lens);
    this.showTest(shape);
  }

  /** A shape of one's own, stood up as the page says. */
  showOwn(example: LearnExample): void {
    const { stands, turned } = this.page.get();
    const upright = standUp(example, stands, turned);
    this.ownExample = example;
    this.lookers.first.showOwn(upright);
    this.lookers.second.showOwn(upright);
  }

  /** Stands one's own shapes up. */
  standUp(stands: UpAxis | undefined, turned: number | undefined): void {
    this.page.update({ stands: stands === 'y' ? undefined : stands, turned: turned || undefined, brushed: undefined });
    if (this.ownExample) this.showOwn(this.ownExample);
  }

  private showTest(index: number): void {
    this.ownExample = undefined;
    this.lookers.first.showTest(index);
    this.lookers.second.showTest(index);
  }

  choosePoint(point: number | undefined): void {
    this.page.update({ point });
  }

  /** The next point or the one before, past those that were taken away. */
  stepPoint(by: 1 | -1): void {
    const { inspection, removed } = this.looker.state.get();
    const count = (inspection?.prediction.cloud.positions.length ?? 0) / 3;
    if (removed.size >= count) return;
    let point = this.page.get().point ?? (by > 0 ? -1 : 0);
    do point = (point + by + count) % count;
    while (removed.has(point));
    this.choosePoint(point);
  }

  private each(work: (run: LearnController) => void): void {
    work(this.first);
    if (this.comparing) work(this.second);
  }

  private restartSoon(): void {
    clearTimeout(this.settle);
    this.settle = setTimeout(() => this.restart(), SETTLE_MS);
  }

  private restart(play = this.playing): void {
    // Other settings may give the shape other points.
    this.page.update({ stopAt: undefined, brushed: undefined });
    void this.begin(false, play);
  }

  private async begin(resume: boolean, play?: boolean): Promise<void> {
    clearTimeout(this.settle);
    const { settings, compare, fromNothing, backend, stopAt } = this.page.get();
    const files = this.dataset.get()?.files;
    const shipped = !fromNothing && !files && !compare && fitsShipped(settings);
    this.filter.set({ kind: 'all' });
    const plan = (model: LearnModelId): LearnPlan => ({
      settings: { ...settings, model }, files, baseUrl: this.baseUrl, backend, weights: shipped ? 'shipped' : undefined,
      stopAt, autoplay: play ?? (stopAt !== undefined ? stopAt > 0 : resume && 'resumed'), resume,
      key: files ? undefined : writeLearnLink({ ...planOf(this.page.get()), settings: { ...settings, model } }),
    });
    const second = compare ? this.second.open(plan(compare)) : this.second.end();
    await this.first.open(plan(settings.model));
    await second;
    const { status, trouble } = this.first.state.get();
    if (!shipped || status !== 'failed' || trouble?.code !== 'engine') return;
    this.notices.show({ topic: 'shipped', kind: 'warning', title: 'The network that ships could not be used; this one begins from nothing', lines: [trouble.message] });
    this.fromNothing(false);
  }

  private reportLink(problems: readonly string[]): void {
    this.notices.clear('link');
    if (problems.length) this.notices.show({ topic: 'link', kind: 'warning', title: 'Part of the link was ignored', lines: problems });
  }

  private hash(): string {
    const { playing, shown, status, history } = this.first.state.get();
    const page = this.page.get();
    if (this.dataset.get()) return writeLearnLink({ ...page, stopAt: undefined });
    const waits = status === 'ready' && !playing && history.length > 1 && !history[shown]?.done;
    return writeLearnLink({ ...page, stopAt: waits ? shown : status === 'ready' ? undefined : page.stopAt });
  }
}
