"""What a newsroom may edit of the analyser: guards, other forms of words, words of one meaning."""

# A word in which other words stand without their meaning: those are in brackets. Readers who look
# for 京都 do not mean 東京都. A change here needs `dateline search --rebuild`.
GUARDS = """
東[京都]　日[本人]　国[会議]員　国[会議]事　[バス]ケ　[バス]タ　[バス]ル　ス[テロ]イ　中[国産]
外[国産]　[パン]ダ　[パン]デ　[パン]ツ　[パン]フ　[ガス]ト　[テスト]ス　[ドル]フ　[ビル]マ
大[会社]　社[会社]　[米国]際　[人気]候　高[校長]
"""

# Forms that no rule of stemming finds: each word before the sign is taken for the one after it.
OTHER_FORMS = """
women > woman　men > man　children > child　people > person　ran > run　slept > sleep
sold > sell　won > win　fell > fall　rose > rise　said > say　killed > kill　died > die
dying > die　lost > lose　found > find　built > build　bought > buy　paid > pay　met > meet
led > lead　left > leave　took > take　taken > take　gave > give　given > give　grew > grow
fishermen > fisherman　buses > bus　gases > gas　policemen > policeman
mice > mouse　feet > foot　teeth > tooth　wives > wife　lives > life　wolves > wolf
"""

# Words that mean the same to a reader, in either language; one group a line. With `>` only the
# first finds the others: who writes PM may mean the prime minister, but "9 pm" does not.
SYNONYMS = """
earthquake, quake, 地震
tsunami, 津波
typhoon, 台風
prime minister, premier, 首相, 総理大臣, 総理
pm > prime minister, premier, 首相, 総理大臣, 総理
parliament, 国会
election, elections, 選挙
tokyo, 東京
kyoto, 京都
osaka, 大阪
hokkaido, 北海道
okinawa, 沖縄
kyushu, 九州
nuclear plant, nuclear power plant, nuclear power station, 原発, 原子力発電所
garbage, rubbish, trash, ごみ, ゴミ
railway, railroad
covid-19, covid, coronavirus, 新型コロナ, コロナウイルス
u.s., usa, united states, 米国, アメリカ
u.k., uk, united kingdom, britain, 英国, イギリス
u.n., united nations, 国連
e.u., eu, european union, 欧州連合
bank of japan, boj, 日銀, 日本銀行
bear, クマ, 熊
strawberry, イチゴ, いちご, 苺
robot, ロボット
bus, バス
movie, film, 映画
volcano, 火山
"""
