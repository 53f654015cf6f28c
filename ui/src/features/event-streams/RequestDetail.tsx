import { visible } from '@/shared/format/harmless';
import { bytes } from '@/shared/format/number';
import { text } from '@/shared/text/en';
import type { Request } from './queries';
import css from './Streams.module.css';

const words = text.streams.requests;

/** One request: why it was refused, its headers, how its body began. */
export function RequestDetail({ request }: { request: Request }) {
  return (
    <div className={css.detail}>
      {request.reason && <p className={css.reason}>{visible(request.reason)}</p>}
      <h3>{words.headers}</h3>
      <dl className={css.headers}>
        {request.headers.map((header, i) => (
          <div key={i}>
            <dt>
              <bdi>{visible(header.name)}</bdi>
            </dt>
            <dd>
              <bdi>{visible(header.value)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <h3>{words.body}</h3>
      {request.body === '' ? (
        <p className="dimmer">{words.noBody}</p>
      ) : (
        <pre className={css.payload} tabIndex={0} role="group" aria-label={words.body}>
          <bdi>{visible(request.body)}</bdi>
        </pre>
      )}
      {request.body_cut && <p className="dimmer">{words.bodyCut(bytes(request.size))}</p>}
    </div>
  );
}
