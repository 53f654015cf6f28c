// SPDX-License-Identifier: Apache-2.0
// Every page that a part has added: both themes, 390 px, axe, a picture.
export { tour as default } from '../session.mjs';
