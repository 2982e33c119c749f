import type { Octokit } from '../../src/github/octokit-source.ts';

export interface BoardComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
}

/** The comments of one pull request, in memory, with as much of Octokit as writes them. */
export function createCommentBoard({ ownLogin }: { ownLogin: string }) {
  const comments: BoardComment[] = [];
  const writes: string[] = [];
  let lastId = 0;

  function write(login: string, body: string): BoardComment {
    lastId += 1;
    const comment = { id: lastId, body, user: { login } };
    comments.push(comment);
    return comment;
  }

  async function* listed() {
    yield await Promise.resolve({ data: comments.map((comment) => ({ ...comment })) });
  }

  const octokit = {
    paginate: { iterator: listed },
    rest: {
      issues: {
        listComments: undefined,
        async createComment({ body }: { body: string }) {
          writes.push('create');
          return await Promise.resolve({ data: write(ownLogin, body) });
        },
        async updateComment({ comment_id: id, body }: { comment_id: number; body: string }) {
          const comment = comments.find((each) => each.id === id);
          if (!comment) {
            throw Object.assign(new Error('Not Found'), { status: 404 });
          }
          writes.push('update');
          comment.body = body;
          return await Promise.resolve({ data: comment });
        },
      },
    },
  };

  return {
    octokit: octokit as unknown as Octokit,
    comments,
    /** What Mayfly wrote, in order. */
    writes,
    say: (login: string, body: string) => write(login, body),
    remove(id: number) {
      comments.splice(
        comments.findIndex((comment) => comment.id === id),
        1,
      );
    },
  };
}
