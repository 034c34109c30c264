/** Browsers refuse an address that changes more often than some hundred times in half a minute. */
const EVERY_MS = 300;

/** Keeps the address at what is on screen, and tells its own changes from a person's. */
export class AddressBar {
  private written = '';
  private pending: ReturnType<typeof setTimeout> | undefined;

  /** @param hash what the address should say now, with its #. @param untouched what it says of a page that nobody touched. */
  constructor(private readonly hash: () => string, private readonly untouched: string) {}

  isOurs(hash: string): boolean {
    return hash === this.written;
  }

  writeSoon(): void {
    this.pending ??= setTimeout(() => {
      this.pending = undefined;
      this.write();
    }, EVERY_MS);
  }

  private write(): void {
    const hash = this.hash();
    // A page opened without a hash keeps its bare address until there is something to say.
    const bare = this.written === '' && hash === this.untouched && location.hash === '';
    if (hash === this.written || bare) return;
    this.written = hash;
    history.replaceState(null, '', hash);
  }
}
