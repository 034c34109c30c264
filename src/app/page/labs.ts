import { labOfLink } from '../url/link';

/** The pages of the site. */
export type Lab = 'pose' | 'classify' | 'segment';

export const LABS: readonly { readonly id: Lab; readonly title: string; readonly says: string }[] = [
  { id: 'pose', title: 'Pose', says: 'Find how an object stands in an image' },
  { id: 'classify', title: 'Classify', says: 'Learn to tell shapes apart' },
  { id: 'segment', title: 'Segment', says: 'Learn to tell a shape’s parts apart' },
];

/** The page that a link is for. Links that name none, or one that is not known here, are for the pose lab, which says so. */
export const labOf = (hash: string): Lab => LABS.find(({ id }) => id === labOfLink(hash))?.id ?? 'pose';

/** What each page's address said when it was left, so that the way back leads to where one was. */
const left = new Map<Lab, string>();

export const rememberLink = (lab: Lab, hash: string): void => void left.set(lab, hash);
/** Whether an address is the one that its page was left with. */
export const isWhereLeft = (lab: Lab, hash: string): boolean => left.get(lab) === hash;

export const linkTo = (lab: Lab): string => left.get(lab) ?? (lab === 'pose' ? '#v=1' : `#lab=${lab}&v=1`);
