# The window in which a reader reads.

reading-lesion = The lesion
reading-practice-position = Practice: { $position } of { $of }
reading-position = { $position } of { $of }
reading-too-small = This window is too small
reading-too-small-why = This study shows every picture at { $side } × { $side } points. Make the window larger, { $width } × { $height } points at least, or go to a larger screen. The time for the picture stands still.
reading-too-small-class = Make the window larger, { $width } × { $height } points at least, or go to a larger screen. The time for the picture stands still.
reading-melanoma = Melanoma
reading-nevus = Nevus
reading-how-sure = How sure are you, from 1 (a guess) to 5 (certain)?
reading-confidence = Confidence { $number }
reading-biopsy = Would you biopsy it?
reading-yes = Yes
reading-yes-key = Y
reading-no = No
reading-hands-melanoma = Hands for melanoma
reading-hands-nevus = Hands for nevus
reading-hands-biopsy = Hands for a biopsy
reading-hands-biopsy-word = Biopsy
reading-hands-enter = Save hands
reading-hands-doubted = { $now } hands: in the previous case there were { $before }. Correct the counts, or save them once more.
reading-hands-range = { $field }: not accepted. Type a whole number of hands here again, at most { $most }.
reading-who = Who reads?
reading-who-why = Enter a pseudonym, and use the same one whenever you continue. Only the study's own records say who is behind it.
reading-which-class = Which class answers?
reading-which-class-why = Enter a name for the class, and use the same one whenever you continue.
reading-pseudonym = Pseudonym
reading-go-on = Go on
reading-known-classes = Or go on with a class that has answered before:
reading-other-name = Back
reading-welcome =
    { $name }: { $count ->
        [one] { $count } picture of a skin lesion. Say whether it is a melanoma or a nevus.
       *[other] { $count } pictures of skin lesions, one after another. Say of each whether it is a melanoma or a nevus.
    }
reading-welcome-back =
    { $name }: welcome back. { $count ->
        [one] { $count } picture of a skin lesion. Say whether it is a melanoma or a nevus.
       *[other] { $count } pictures of skin lesions, one after another. Say of each whether it is a melanoma or a nevus.
    }
reading-practice-first =
    { $count ->
        [one] One picture for practice comes first: after it you are told the diagnosis.
       *[other] { $count } pictures for practice come first: after each you are told the diagnosis.
    }
reading-time-limit =
    { $seconds ->
        [one] A picture stays for { $seconds } second at most.
       *[other] A picture stays for { $seconds } seconds at most.
    }
reading-saved-at-once = Each answer is saved at once and cannot be changed. While you read, Escape pauses: nothing is lost, and you continue where you left off.
reading-saved-at-once-class = Each answer is saved at once and cannot be changed. While the class answers, Escape pauses: nothing is lost, and you continue where you left off.
reading-begin = Begin
reading-intended-use = For research and teaching. Not a medical device: what is shown here may have been altered.
reading-keys-hands = The class raises hands. Type each count and press Enter; on the button, Enter saves the answer.
reading-keys-call = M: melanoma.  N: nevus.
reading-keys-sure = Then how sure you are: 1 (a guess) to 5 (certain).
reading-keys-biopsy = Then whether you would biopsy it: Y or N.
reading-keys-back = Backspace takes back a part before the answer is complete.
reading-right-melanoma = Right: it is a melanoma.
reading-right-nevus = Right: it is a nevus.
reading-wrong-melanoma = No: it is a melanoma.
reading-wrong-nevus = No: it is a nevus.
reading-is-melanoma = It is a melanoma.
reading-is-nevus = It is a nevus.
reading-time-is-up = The time for this picture ran out: it counts as not answered.
reading-not-told = In the study itself you are not told the answer.
reading-paused = Paused
reading-paused-at =
    { $read } of { $cases } pictures { $read ->
        [one] is
       *[other] are
    } answered. Continue when you like; or close, and open the study again under the name { $name }.
reading-thank-you = Thank you
reading-all-answered = All { $cases } pictures are answered, and every answer is saved.
reading-stopped = The next picture cannot be shown
reading-answers-saved = Your answers are saved.
