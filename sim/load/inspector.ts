/** The debugger of another Node process, by the Chrome DevTools Protocol. */
export interface Inspector {
  /** Rejects when the process refuses, or ends. */
  call(method: string): Promise<unknown>;
  close(): void;
}

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export async function connectInspector(url: string): Promise<Inspector> {
  const socket = new WebSocket(url);
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let calls = 0;
  const fail = () => {
    for (const each of waiting.values()) {
      each.reject(new Error('the process that was looked into is gone'));
    }
  };
  socket.addEventListener('message', ({ data }) => {
    const { id = 0, result, error } = JSON.parse(String(data)) as Answer;
    const call = waiting.get(id);
    waiting.delete(id);
    if (error) {
      call?.reject(new Error(error.message));
    } else {
      call?.resolve(result);
    }
  });
  socket.addEventListener('close', fail);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error(`nothing answers at ${url}`)));
  });
  return {
    async call(method) {
      calls += 1;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(calls, answer);
      socket.send(JSON.stringify({ id: calls, method }));
      return await answer.promise;
    },
    close: () => socket.close(),
  };
}
