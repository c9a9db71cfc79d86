/** What only graphs with open groups need: loaded with the first of them, as one file. */
export { createGroupFrames, groupSizes } from './group-frames';
export { groupTexts } from './group-texts';
export { slidesBetween } from './slides';
