/** The way in for staff: an invitation accepted with a name and a passphrase, or those two said again. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../icons";
import { word } from "../words";
import { accept, enterAnew, NAME, PASSPHRASE_LEAST, signInAs, type Answer } from "./account";

export function AcceptPage({ token }: { token: string }) {
  const [name, setName] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const length = Array.from(passphrase).length;
  const short = length < PASSPHRASE_LEAST;
  const fits = name.trim().length >= NAME.least && !short;
  return (
    <Entrance title={word("console.accept_title")} lead={word("console.accept_lead")} label={word("console.accept")} refused="accept_refused" fits={fits} send={() => accept(token, name.trim(), passphrase)}>
      <NameField name={name} setName={setName} hint={word("console.name_hint", NAME)} />
      <PassphraseField
        passphrase={passphrase}
        setPassphrase={setPassphrase}
        autocomplete="new-password"
        hint={short ? word("console.passphrase_hint", { least: PASSPHRASE_LEAST, count: length }) : word("console.passphrase_enough")}
      />
    </Entrance>
  );
}

export function SignInPage() {
  const [name, setName] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const fits = name.trim() !== "" && passphrase !== "";
  return (
    <Entrance title={word("console.sign_in_title")} lead={word("console.sign_in_lead")} label={word("console.sign_in")} refused="sign_in_refused" fits={fits} send={() => signInAs(name.trim(), passphrase)}>
      <NameField name={name} setName={setName} />
      <PassphraseField passphrase={passphrase} setPassphrase={setPassphrase} autocomplete="current-password" />
    </Entrance>
  );
}

interface EntranceProps {
  title: string;
  lead: string;
  label: string;
  /** The sentence for "no", whatever the reason was. */
  refused: string;
  fits: boolean;
  send: () => Promise<Answer>;
  children: ComponentChildren;
}

function Entrance({ title, lead, label, refused, fits, send, children }: EntranceProps) {
  const [answer, setAnswer] = useState<Answer | "asking" | null>(null);
  const enter = async (): Promise<void> => {
    if (!fits || answer === "asking") return;
    setAnswer("asking");
    const said = await send();
    if (said === "in") enterAnew();
    else setAnswer(said);
  };
  const fault = answer === "refused" ? refused : answer === "later" || answer === "unreached" ? `entrance_${answer}` : null;
  return (
    <main id="main" class="page page--text">
      <h1 tabIndex={-1}>{title}</h1>
      <p class="page__lead">{lead}</p>
      <form class="form" onSubmit={(event) => (event.preventDefault(), void enter())}>
        {children}
        {fault && (
          <p class="field__fault" role="alert">
            <Icon name="circle-alert" />
            {word(`console.${fault}`)}
          </p>
        )}
        <div class="acts">
          <button class="button button--act" type="submit" aria-disabled={!fits || answer === "asking"}>
            {answer === "asking" ? word("console.entering") : label}
          </button>
        </div>
      </form>
    </main>
  );
}

function NameField({ name, setName, hint }: { name: string; setName: (name: string) => void; hint?: string }) {
  return (
    <div class="field">
      <label for="staff-name">{word("console.name")}</label>
      {hint && <p class="field__hint" id="staff-name-hint">{hint}</p>}
      <input
        class="input"
        id="staff-name"
        autocomplete="username"
        autocapitalize="words"
        spellcheck={false}
        maxLength={NAME.most}
        required
        aria-describedby={hint ? "staff-name-hint" : undefined}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
    </div>
  );
}

interface PassphraseProps {
  passphrase: string;
  setPassphrase: (passphrase: string) => void;
  autocomplete: "new-password" | "current-password";
  hint?: string;
}

function PassphraseField({ passphrase, setPassphrase, autocomplete, hint }: PassphraseProps) {
  const [shown, setShown] = useState(false);
  const field = {
    class: "input",
    id: "passphrase",
    autocomplete,
    autocapitalize: "none" as const,
    spellcheck: false,
    maxLength: 256,
    required: true,
    "aria-describedby": hint ? "passphrase-hint" : undefined,
    value: passphrase,
    onInput: (event: { currentTarget: HTMLInputElement }) => setPassphrase(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for="passphrase">{word("console.passphrase")}</label>
      {hint && <p class="field__hint" id="passphrase-hint">{hint}</p>}
      <div class="form__row">
        {shown ? <input type="text" {...field} /> : <input type="password" {...field} />}
        <button class="button" type="button" aria-pressed={shown} aria-label={word("console.passphrase_show")} onClick={() => setShown(!shown)}>
          <Icon name={shown ? "eye-off" : "eye"} />
          {word(shown ? "common.hide" : "common.show")}
        </button>
      </div>
    </div>
  );
}
