/** Browsers refuse an address that changes more often than some hundred times in half a minute. */
const EVERY_MS = 300;

/** Keeps the address at what is on screen, and tells its own changes from a person's. */
export class AddressBar {
  /** What the address said when the page last wrote or followed it. */
  private known = location.hash;
  private written = '';
  private ended = false;
  private pending: ReturnType<typeof setTimeout> | undefined;

  /** @param hash what the address should say now, with its #. @param untouched what it says of a page that nobody touched. */
  constructor(private readonly hash: () => string, private readonly untouched: string) {}

  /** Whether a change of the address is a person's, who then is to be followed. */
  isNews(hash: string): boolean {
    if (hash === this.known) return false;
    this.known = hash;
    return true;
  }

  writeSoon(): void {
    this.pending ??= setTimeout(() => {
      this.pending = undefined;
      this.write();
    }, EVERY_MS);
  }

  /** Another page writes the address from now on. */
  end(): void {
    clearTimeout(this.pending);
    this.ended = true;
  }

  private write(): void {
    if (this.ended) return;
    // Changed by a person, and the page has not heard of it yet: it must not be overwritten.
    if (location.hash !== this.known) return;
    const hash = this.hash();
    // A page opened without a hash keeps its bare address until there is something to say.
    const bare = this.written === '' && hash === this.untouched && location.hash === '';
    if (hash === this.written || bare) return;
    this.written = hash;
    history.replaceState(null, '', hash);
    this.known = location.hash;
  }
}
