import { expect, test } from '@jest/globals';
import { differences } from './differences.js';
import { differentialWalk } from './differential-walk.js';
import { sdkV3 } from './drivers/sdk-v3.js';
import { motoMissing, startMoto } from './moto-process.js';
import { takeWalk } from './take-walk.js';
import { startTwinProcess } from './twin-process.js';

const speed = 600;
const patienceMs = 300_000;
const why = motoMissing();
if (why !== undefined) process.stderr.write(`notice: twin and moto are not compared: ${why}\n`);

/** moto knows one account unless told otherwise, and so has the twin be in it. */
const walkOn = async (url: string): Promise<string[]> => {
  const driver = sdkV3.open({ AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'AKIA123456789012TWIN', AWS_SECRET_ACCESS_KEY: 'twin' });
  try {
    return await takeWalk(differentialWalk, 'differential', driver);
  } finally {
    await driver.close();
  }
};
const answers = (lines: readonly string[]): [step: string, answer: string][] =>
  lines.map((line) => line.split(/ → (.*)/s).slice(0, 2) as [string, string]);

(why === undefined ? test : test.skip)(
  `twin and moto differ where the list says so, and nowhere else${why === undefined ? '' : ` (skipped: ${why})`}`,
  async () => {
    const [twin, moto] = await Promise.all([startTwinProcess(speed), startMoto()]);
    try {
      const [ofTwin, ofMoto] = await Promise.all([walkOn(twin.environment['AWS_ENDPOINT_URL']!), walkOn(moto.url)]);
      const others = new Map(answers(ofMoto));
      const found = answers(ofTwin).flatMap(([step, answer]) =>
        others.get(step) === answer ? [] : [{ step, twin: answer, moto: others.get(step) }],
      );
      expect(found).toEqual(differences.map(({ step, twin: ours, moto: theirs }) => ({ step, twin: ours, moto: theirs })));
    } finally {
      await Promise.all([twin.stop(), moto.stop()]);
    }
  },
  patienceMs,
);

test('steps of the comparison can be told apart, and every difference is of one of them', () => {
  const titles = differentialWalk.map(({ title }) => title).filter((title) => !title!.endsWith('beforehand'));
  expect(new Set(titles).size).toBe(titles.length);
  expect(differences.map(({ step }) => step).filter((step) => !titles.includes(step))).toEqual([]);
});
