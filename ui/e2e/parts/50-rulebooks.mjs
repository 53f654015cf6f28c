// SPDX-License-Identifier: Apache-2.0
// From nothing to a running rule on the screen alone: begin with an example, make a mistake and mend it by the hint, test the text
// on a recorded event, publish, start, send the event again and open its decision.
import assert from 'node:assert/strict';

const NAME = `journey ${Date.now().toString(36)}`;
const RULE = 'Word of the journey';

export default async function rulebooks(session) {
  const { page, step, go, send, rest, inspect, photograph } = session;
  const editor = page.getByLabel(/^Rulebook as YAML/);
  const problems = page.getByRole('region', { name: 'Problems' });
  const publish = page.getByRole('button', { name: /^Publish v2…/ });

  /** As a person pastes: what a driver inserts by itself arrives as styled HTML, which the policy refuses. */
  const paste = (text) =>
    editor.evaluate((element, value) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', value);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);

  await step('a rulebook begins with an example', async () => {
    await send({ greeting: 'from the journey', journey: { word: 'open' } });
    await go('/rulebooks');
    await page.getByRole('button', { name: 'New rulebook' }).click();
    const dialog = page.getByRole('dialog', { name: 'New rulebook' });
    await dialog.getByLabel('Name').fill(NAME);
    await inspect('new-rulebook');
    await photograph('new-rulebook');
    await dialog.getByRole('button', { name: 'Create rulebook' }).click();
    await page.waitForURL(/\/rulebooks\/\d+/);
    await editor.waitFor();
    await problems.getByText('No problems').waitFor();
  });
  const id = new URL(page.url()).pathname.split('/').pop();

  await step('a mistake is named where it stands, and mended by the hint', async () => {
    await editor.click();
    await page.keyboard.press('Control+a');
    await paste(textOf('condtion'));
    await problems.getByText('did you mean "condition"?').waitFor();
    assert.ok(await publish.isDisabled(), 'a rulebook with an error can be published');
    await photograph('rulebook-mistake');
    await inspect('rulebook-mistake');
    await problems.getByRole('button', { name: 'Replace with “condition”' }).click();
    await problems.getByText('No problems').waitFor();
    await page.getByText('Draft saved').waitFor();
  });

  await step('keys and recorded fields are completed', async () => {
    await editor.press('Control+End');
    await paste('    - name: Second\n      condition: event.payload.');
    await page.keyboard.press('Control+Space');
    const list = page.getByRole('listbox');
    await list.getByText('journey', { exact: true }).waitFor();
    await photograph('rulebook-completion');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+a');
    await paste(textOf('condition'));
    await problems.getByText('No problems').waitFor();
  });

  await step('a test on the recorded event says what would happen, and why not', async () => {
    await page.getByRole('tab', { name: 'Test' }).click();
    await page.getByRole('group', { name: 'Recorded events' }).getByRole('checkbox').first().check();
    await page.getByRole('button', { name: 'Test with 1 event' }).click();
    const result = page.getByRole('region', { name: 'What each rule says' });
    await result.getByText('1 event played: 1 matched, 0 did not.').waitFor();
    await result.getByText('Would run').waitFor();
    await photograph('rulebook-tested');
    await inspect('rulebook-tested');
    await page.getByLabel('Event as JSON').fill('{"journey": }');
    await page.getByText(/^Line 1, column/).waitFor();
    await page.getByLabel('Event as JSON').fill('{"journey": {"word": "shut"}}');
    await page.getByRole('button', { name: 'Test with 2 events' }).click();
    await result.getByText('2 events played: 1 matched, 1 did not.').waitFor();
  });

  await step('a draft that was changed elsewhere is not overwritten: both are shown', async () => {
    const draft = await rest('GET', `rulebooks/${id}/draft/`);
    await rest('PUT', `rulebooks/${id}/draft/`, {
      rulesets: `${draft.rulesets}# from elsewhere\n`,
      base_version: draft.base_version,
      revision: draft.revision,
    });
    session.tolerate(/status of 409/);
    await editor.press('Control+End');
    await paste('# from here\n');
    const banner = page.getByRole('region', { name: 'There are two drafts' });
    await banner.getByRole('button', { name: 'Compare all three' }).click();
    await page.getByRole('region', { name: 'Compare all three' }).waitFor();
    await photograph('rulebook-conflict');
    await inspect('rulebook-conflict');
    await page.getByRole('button', { name: 'Close the comparison' }).click();
    await banner.getByRole('button', { name: 'Keep the text of this tab' }).click();
    await page.getByText('Draft saved').waitFor();
    const kept = await rest('GET', `rulebooks/${id}/draft/`);
    assert.ok(kept.rulesets.includes('# from here'), 'the text of this tab was lost');
  });

  await step('it is published and started', async () => {
    await publish.click();
    const dialog = page.getByRole('dialog', { name: `Publish ${NAME} v2` });
    await dialog.getByLabel('What changes and why').fill('Listens to the journey');
    await inspect('publish');
    await photograph('publish');
    await dialog.getByRole('button', { name: 'Publish v2' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('v2 published').waitFor();
    await page.getByRole('button', { name: 'New activation' }).click();
    const start = page.getByRole('dialog', { name: `New activation of ${NAME}` });
    await start.getByLabel('Events of the source “events”').selectOption({ index: 1 });
    await inspect('new-activation');
    await photograph('new-activation');
    await start.getByRole('button', { name: 'Start activation' }).click();
    await page.waitForURL(/\/activations\/\d+/);
    await page.getByRole('region', { name: 'Activation' }).getByText('Running').waitFor();
  });

  await step('the event sent again leads to its decision', async () => {
    await send({ journey: { word: 'open' } });
    await go(`/decisions?rule=${encodeURIComponent(RULE)}`);
    const link = page.getByRole('link', { name: RULE }).first();
    await link.waitFor();
    await link.click();
    await page
      .getByRole('region', { name: 'Rule', exact: true })
      .getByText(/journey\.word/)
      .first()
      .waitFor();
  });

  session.addPage('rulebook-versions', `/rulebooks/${id}?view=versions`, '[role=tabpanel] ol');
  session.addPage('rulebook-test', `/rulebooks/${id}?view=test`, '[role=tabpanel] fieldset', {
    narrow: true,
  });
}

const textOf = (condition) => `- name: Journey
  hosts: all
  sources:
    - name: events
      ansible.eda.webhook:
        port: 5000
  rules:
    - name: ${RULE}
      ${condition}: event.payload.journey.word == "open"
      action:
        debug:
          msg: "The word is {{ event.payload.journey.word }}"
`;
