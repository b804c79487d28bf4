"""The words for providers, for addresses and their codes, in the languages of the mastheads."""

ENGLISH = {
    "provider_with": "Log in with {label}",
    "provider_lead": (
        "You go to {label} now and come back. {label} tells us your name and e-mail address, and "
        "learns that you have an account here. We post nothing there and read nothing else."
    ),
    "provider_alerts": (
        "After you join a title we ask once, by mail to that address, whether you want its news "
        "alerts. Nothing is sent unless you say yes."
    ),
    "provider_go": "Go on to {label}",
    "provider_not": "Sign in another way",
    "provider_confirm": "Confirm your e-mail address",
    "provider_code_lead": (
        "We sent a code to {address}. With it, the account of this address opens with {label} "
        "from now on; if there is none yet, it is made."
    ),
    "provider_address_lead": (
        "{label} did not tell us an e-mail address that we may use. Which is yours? We send a code "
        "to it, to make sure."
    ),
    "provider_no_address": "That is no e-mail address.",
    "provider_other_address": "Use another address",
    "provider_have_account": "You have an account with another address? Then connect it there:",
    "provider_mail_subject": "Your code",
    "provider_mail_text": (
        "Hello,\n\nsomebody came to us from {label} and gave this address. If it was you, type "
        "this code:\n\n{code}\n\nIt is good for ten minutes. With it, the account of this address "
        "opens with {label}. If it was not you, do nothing.\n"
    ),
    "code": "Code",
    "code_confirm": "Confirm",
    "code_send": "Send me a code",
    "code_wrong": "That is not the code of our mail. Look again, or ask for another one.",
    "code_over": "The code is not good any more. Please start again.",
    "provider_closed": "This account was closed. Write to us if that is a mistake.",
    "provider_sign_in_first": (
        "This account is protected by more than a code. Sign in to it, then connect the provider "
        "on your account page."
    ),
    "provider_others": "Somebody else signs in here with that account.",
    "provider_connected": "Connected. You can sign in with it from now on.",
    "provider_disconnected": "Disconnected. It opens your account no more.",
    "provider_change_subject": "The ways to sign in to your account",
    "provider_connected_mail": (
        "Hello,\n\nyour account opens with {label} from now on, too. If it was not you who "
        "connected it, sign in, disconnect it and change your password.\n"
    ),
    "provider_disconnected_mail": (
        "Hello,\n\nyour account opens with {label} no more. If it was not you who disconnected it, "
        "sign in and change your password.\n"
    ),
    "provider_cancelled": "You stayed here",
    "provider_cancelled_text": "You did not log in with {label}. Nothing was told or changed.",
    "provider_failed_text": (
        "{label} did not confirm who you are, or too much time has passed. Nothing was changed. "
        "Try once more, or sign in another way."
    ),
    "address_title": "Your address of now agrees first",
    "address_lead": (
        "We sent a code to {old}. Type it here; after that we send another one to {new}. Until "
        "both are typed, nothing changes."
    ),
    "address_lost": (
        "You cannot read that mailbox any more? Then write to us: somebody looks at it and changes "
        "the address."
    ),
    "address_not": "Keep the address",
    "address_mail_subject": "Is your address to be changed?",
    "address_mail_text": (
        "Hello,\n\nsomebody who is signed in to your account wants to change its address to {new}. "
        "If it was you, type this code:\n\n{code}\n\nIf it was not you, change your password now. "
        "Nothing has been changed.\n"
    ),
    "address_moved_subject": "Your address was changed",
    "address_moved_text": (
        "Hello,\n\nan administrator has given your account another e-mail address. It signs in "
        "with that one from now on, and every browser was signed out. If you did not ask for it, "
        "answer this mail now.\n"
    ),
    "mailbox": "Mailbox of this demo",
    "mailbox_lead": (
        "This is a demo: mail leaves it for here and nowhere else, and anybody may read it."
    ),
    "mailbox_none": "No mail has left yet.",
    "mailbox_to": "To {address}",
    "mailbox_all": "All letters",
    "connections": "Log-ins with other accounts",
    "connections_lead": "Accounts elsewhere that open this one. We keep no key to any of them.",
    "connections_none": "None yet.",
    "connect": "Connect {label}",
    "disconnect": "Disconnect",
    "last_way": "It is your only way to sign in. Set a password first, or add a passkey.",
    "name_suggested": (
        "This is what you are called where you came from. Nobody sees it here unless you send it."
    ),
}

JAPANESE = {
    "provider_with": "{label}でログイン",
    "provider_lead": (
        "これから{label}に移動し、確認後に戻ります。{label}からはお名前とメールアドレスだけを受け取り、"
        "{label}にはここにアカウントがあることが伝わります。投稿やほかの情報の閲覧はしません。"
    ),
    "provider_alerts": (
        "媒体に参加すると、速報メールを希望するかどうかを一度だけメールでお尋ねします。"
        "希望されない限り、何もお送りしません。"
    ),
    "provider_go": "{label}へ進む",
    "provider_not": "ほかの方法でログイン",
    "provider_confirm": "メールアドレスの確認",
    "provider_code_lead": (
        "{address}にコードをお送りしました。入力すると、このアドレスのアカウントに{label}でログイン"
        "できるようになります。アカウントがまだない場合は作成します。"
    ),
    "provider_address_lead": (
        "{label}から利用できるメールアドレスを受け取れませんでした。"
        "アドレスを入力してください。確認のためコードをお送りします。"
    ),
    "provider_no_address": "メールアドレスの形式が正しくありません。",
    "provider_other_address": "別のアドレスを使う",
    "provider_have_account": "別のアドレスで登録済みの方は、ログインしてから連携してください。",
    "provider_mail_subject": "確認コード",
    "provider_mail_text": (
        "{label}から来られた方が、このアドレスを入力しました。ご本人でしたら、次のコードを入力してください。"
        "\n\n{code}\n\n有効期間は10分です。入力すると、このアドレスのアカウントに{label}でログインできる"
        "ようになります。お心当たりがなければ、何もなさらないでください。\n"
    ),
    "code": "コード",
    "code_confirm": "確認",
    "code_send": "コードを送る",
    "code_wrong": "コードが違います。メールを確かめるか、新しいコードを請求してください。",
    "code_over": "このコードはもう使えません。最初からやり直してください。",
    "provider_closed": "このアカウントは閉じられています。誤りの場合はご連絡ください。",
    "provider_sign_in_first": (
        "このアカウントはコードだけでは開けません。ログインしてから、アカウントのページで連携してください。"
    ),
    "provider_others": "そのアカウントは別の方のログインに使われています。",
    "provider_connected": "連携しました。今後はこれでログインできます。",
    "provider_disconnected": "連携を解除しました。",
    "provider_change_subject": "ログイン方法の変更",
    "provider_connected_mail": (
        "アカウントに{label}でもログインできるようになりました。"
        "お心当たりがなければ、ログインして連携を解除し、パスワードを変更してください。\n"
    ),
    "provider_disconnected_mail": (
        "アカウントに{label}ではログインできなくなりました。"
        "お心当たりがなければ、ログインしてパスワードを変更してください。\n"
    ),
    "provider_cancelled": "ログインを取りやめました",
    "provider_cancelled_text": "{label}でのログインは行われませんでした。何も変更されていません。",
    "provider_failed_text": (
        "{label}でご本人を確認できなかったか、時間が経ちすぎました。何も変更されていません。"
        "もう一度お試しになるか、ほかの方法でログインしてください。"
    ),
    "address_title": "まず現在のアドレスの確認",
    "address_lead": (
        "{old}にコードをお送りしました。入力すると、次に{new}へもう一つのコードをお送りします。"
        "両方の入力が済むまで、何も変更されません。"
    ),
    "address_lost": (
        "そのメールを読めなくなった方はご連絡ください。確認のうえ、担当者がアドレスを変更します。"
    ),
    "address_not": "変更しない",
    "address_mail_subject": "メールアドレスの変更の確認",
    "address_mail_text": (
        "アカウントのメールアドレスを{new}に変更する手続きが始まりました。"
        "ご本人でしたら、次のコードを入力してください。\n\n{code}\n\n"
        "お心当たりがなければ、すぐにパスワードを変更してください。まだ何も変更されていません。\n"
    ),
    "address_moved_subject": "メールアドレスが変更されました",
    "address_moved_text": (
        "管理者がアカウントのメールアドレスを変更しました。今後は新しいアドレスでログインします。"
        "すべてのブラウザーからログアウトしました。"
        "お心当たりがなければ、すぐにこのメールにご返信ください。\n"
    ),
    "mailbox": "デモのメールボックス",
    "mailbox_lead": "これはデモです。メールは外には送られず、ここに届き、誰でも読めます。",
    "mailbox_none": "メールはまだありません。",
    "mailbox_to": "宛先 {address}",
    "mailbox_all": "すべてのメール",
    "connections": "外部アカウントでのログイン",
    "connections_lead": "ここに入れる外部のアカウントです。それらの鍵は保存しません。",
    "connections_none": "まだありません。",
    "connect": "{label}を連携",
    "disconnect": "連携を解除",
    "last_way": "ほかにログインの方法がありません。先にパスワードかパスキーを設定してください。",
    "name_suggested": "外部のアカウントでのお名前です。送信しない限り、ここでは表示されません。",
}
